using CircuitPipeline.Pipeline.Stages;

namespace CircuitPipeline.Pipeline.Running;

/// <summary>An engine whose warning is printed when it is described.</summary>
/// <param name="engine">The engine.</param>
/// <param name="print">Prints a line.</param>
internal sealed class WarningEngine(IEngine engine, Action<string> print) : IEngine
{
    /// <inheritdoc/>
    public EngineFacts Describe(EngineSettings settings)
    {
        EngineFacts facts = engine.Describe(settings);
        if (facts.Warning is { } warning)
            print($"Warning: {warning}");
        return facts;
    }

    /// <inheritdoc/>
    public void Prepare(EngineSettings settings) => engine.Prepare(settings);
}
