using System.Collections.Concurrent;
using CircuitPipeline.Pipeline.Stages;
using CircuitPipeline.Pipeline.Store;

namespace CircuitPipeline.Pipeline.Running;

/// <summary>Decides items and, before them, the items that they read; nothing is decided twice.</summary>
/// <param name="plan">Which items there are.</param>
/// <param name="keys">Makes their keys.</param>
/// <param name="store">Knows what is made.</param>
/// <param name="made">What this session made or found already.</param>
internal sealed class CachePlan(StagePlan plan, CacheKeyBuilder keys, ArtifactStore store, CompletedItems made)
{
    private readonly Dictionary<(string, string), ItemDecision> _decided = [];

    /// <summary>The decision on each item of a stage, in the order of the plan.</summary>
    public ItemDecision[] On(IStage stage) => [.. plan.ItemsOf(stage).Select(item => On(stage, item))];

    private ItemDecision On(IStage stage, WorkItem item)
    {
        if (!_decided.TryGetValue((stage.Name, item.Name), out ItemDecision? decision))
        {
            _decided.Add((stage.Name, item.Name), decision = Decide(stage, item));
        }

        return decision;
    }

    private ItemDecision Decide(IStage stage, WorkItem item)
    {
        if (made.Find(stage.Name, item.Name) is { } done)
        {
            return new ItemDecision(stage.Name, item.Name, done.Key, done, null);
        }

        Dictionary<ItemInput, ItemDecision> inputs = item.Inputs.ToDictionary(
            input => input,
            input => On(plan.MakerOf(input).Stage, plan.MakerOf(input).Item)
        );
        string[] rebuilt = [.. inputs.Values.Where(input => !input.IsCached).Select(input => input.Name).Distinct()];
        if (rebuilt.Length > 0)
        {
            return new ItemDecision(stage.Name, item.Name, null, null, WillBeRebuilt(rebuilt));
        }

        ItemKey key = keys.KeyOf(stage, item, input => inputs[input].Record!.Output(input.File).Digest);
        return store.Decide(key, plan.Study) switch
        {
            Decision.Cached cached => new ItemDecision(stage.Name, item.Name, key, made.Add(cached.Record), null),
            Decision.WillRun run => new ItemDecision(stage.Name, item.Name, key, null, run.Reason),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private static string WillBeRebuilt(string[] inputs) =>
        string.Join("; ", inputs.Select(input => $"its input {input} will be rebuilt"));
}

/// <summary>Whether one work item runs, and why.</summary>
/// <param name="Stage">The stage.</param>
/// <param name="Item">The work item.</param>
/// <param name="Key">The item's key; none while an input is still to be rebuilt.</param>
/// <param name="Record">The stored result when the item is cached.</param>
/// <param name="Reason">Why the item will run when it is not cached.</param>
public sealed record ItemDecision(string Stage, string Item, ItemKey? Key, ItemRecord? Record, string? Reason)
{
    /// <summary>Whether the stored result is used.</summary>
    public bool IsCached => Record is not null;

    /// <summary>The item's name together with its stage's.</summary>
    public string Name => $"{Stage}/{Item}";

    /// <summary>The line that is printed.</summary>
    public override string ToString() =>
        IsCached ? $"{Name}: cached (key {Key!.Digest.Short})" : $"{Name}: will run, because {Reason}";
}

/// <summary>The records that a session made, or found whole in the store.</summary>
internal sealed class CompletedItems
{
    private readonly ConcurrentDictionary<(string Stage, string Item), ItemRecord> _records = new();

    public ItemRecord? Find(string stage, string item) => _records.GetValueOrDefault((stage, item));

    public ItemRecord Add(ItemRecord record) => _records[(record.Key.Stage, record.Key.Item)] = record;
}
