namespace CircuitPipeline.Circuits;

/// <summary>One attention head; reads through its query, key and value maps and writes its result.</summary>
/// <param name="Layer">The block, from 0.</param>
/// <param name="Head">The head within the block, from 0.</param>
public sealed record AttentionHeadNode(int Layer, int Head) : Node
{
    /// <inheritdoc/>
    public override string Name => $"a{Layer}.h{Head}";
}
