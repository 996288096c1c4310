namespace CircuitPipeline.Experiments;

/// <summary>An engine whose warning is printed when it is described.</summary>
/// <param name="engine">The engine.</param>
/// <param name="print">Prints a line.</param>
internal sealed class WarningEngine(IEngine engine, Action<string> print) : IEngine
{
    /// <inheritdoc/>
    public EngineFacts Describe(string device)
    {
        EngineFacts facts = engine.Describe(device);
        if (facts.Warning is { } warning)
            print($"Warning: {warning}");
        return facts;
    }

    /// <inheritdoc/>
    public void Prepare(string device, int threads) => engine.Prepare(device, threads);
}
