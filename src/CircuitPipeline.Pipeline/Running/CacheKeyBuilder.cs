using CircuitPipeline.Pipeline.Code;
using CircuitPipeline.Pipeline.Stages;
using CircuitPipeline.Pipeline.Store;

namespace CircuitPipeline.Pipeline.Running;

/// <summary>Gathers all that a work item's result depends on.</summary>
internal sealed class CacheKeyBuilder(IEngine? engine, EngineSettings settings)
{
    private readonly CodeDigests _code = new();
    private EngineFacts? _facts;

    /// <summary>What work items compute with.</summary>
    public EngineSettings Settings => settings;

    /// <summary>What the engine says of itself; asked at most once, since it may have to be loaded for it.</summary>
    public EngineFacts Engine =>
        _facts ??=
            engine?.Describe(settings)
            ?? throw new InvalidOperationException("A work item uses the engine, but the session has none.");

    /// <summary>The item's key.</summary>
    /// <param name="stage">The item's stage.</param>
    /// <param name="item">The item.</param>
    /// <param name="digestOf">The digest of each input.</param>
    public ItemKey KeyOf(IStage stage, WorkItem item, Func<ItemInput, Digest> digestOf)
    {
        Dictionary<string, string> components = new() { ["stage.version"] = $"{stage.Version}" };
        foreach ((string name, string digest) in _code.Of(stage.Code))
        {
            components.Add(name, digest);
        }

        foreach ((string path, string value) in CanonicalJson.Leaves(item.Slice))
        {
            components.Add($"spec.{path}", value);
        }

        foreach (ItemInput input in item.Inputs)
        {
            components.Add($"input.{input}", digestOf(input).ToString());
        }

        if (item.UsesEngine)
        {
            components.Add("engine", Engine.Key);
            components.Add("device", settings.Device);
            components.Add("numerics", settings.Numerics);
            components.Add("threads", $"{settings.Threads}");
        }
        return ItemKey.Of(stage.Name, item.Name, components);
    }
}

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
        {
            print($"Warning: {warning}");
        }

        return facts;
    }

    /// <inheritdoc/>
    public void Prepare(EngineSettings settings) => engine.Prepare(settings);
}
