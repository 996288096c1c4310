namespace CircuitPipeline.Planning;

/// <summary>Which of a layer's changes is counted.</summary>
public enum LayerMeasure
{
    /// <summary>The paper's: score changes of the edges that start in the layer, the input's counting for layer 0.</summary>
    SourceLayer,

    /// <summary>The same without the edges that start at the input.</summary>
    SourceLayerWithoutInput,

    /// <summary>Score changes of the edges that end in the layer, the logits' counting for the last one.</summary>
    DestinationLayer,

    /// <summary>As the paper's, each circuit's scores first divided by the sum of their absolute values.</summary>
    NormalisedSourceLayer,

    /// <summary>The number of edges from the layer that were added or removed.</summary>
    Flips,
}
