namespace CircuitPipeline.Circuits;

/// <summary>The token embedding; writes to the residual stream.</summary>
public sealed record InputNode : Node
{
    /// <inheritdoc/>
    public override string Name => "input";
}
