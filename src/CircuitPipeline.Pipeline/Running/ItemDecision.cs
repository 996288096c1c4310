using CircuitPipeline.Pipeline.Store;

namespace CircuitPipeline.Pipeline.Running;

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
