namespace CircuitPipeline.Circuits.Diff;

/// <summary>How the nodes of one kind in a layer, and the edges into them, changed.</summary>
/// <param name="Layer">The block, from 0; that of the logits is the last.</param>
/// <param name="Module">
/// <c>attention</c>, of which <c>query</c>, <c>key</c> and <c>value</c> are the edges by input; <c>mlp</c>; <c>logits</c>.
/// </param>
/// <param name="Nodes">Its heads, its MLP or the logits; null for one input of heads, which is no node.</param>
/// <param name="Edges">The edges that end in it.</param>
public sealed record ModuleChange(int Layer, string Module, ChangeCounts? Nodes, ChangeCounts Edges)
{
    /// <summary>All heads of a layer.</summary>
    public const string Attention = "attention";

    /// <summary>The query inputs of a layer's heads.</summary>
    public const string Query = "query";

    /// <summary>The key inputs.</summary>
    public const string Key = "key";

    /// <summary>The value inputs.</summary>
    public const string Value = "value";

    /// <summary>The MLP of a layer.</summary>
    public const string Mlp = "mlp";

    /// <summary>The last node.</summary>
    public const string Logits = "logits";
}
