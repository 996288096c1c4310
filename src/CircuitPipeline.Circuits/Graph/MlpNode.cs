namespace CircuitPipeline.Circuits;

/// <summary>The MLP of one block.</summary>
/// <param name="Layer">The block, from 0.</param>
public sealed record MlpNode(int Layer) : Node
{
    /// <inheritdoc/>
    public override string Name => $"m{Layer}";
}
