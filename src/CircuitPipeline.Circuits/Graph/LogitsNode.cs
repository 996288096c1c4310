namespace CircuitPipeline.Circuits;

/// <summary>The final norm and the unembedding; reads the last residual.</summary>
public sealed record LogitsNode : Node
{
    /// <inheritdoc/>
    public override string Name => "logits";
}
