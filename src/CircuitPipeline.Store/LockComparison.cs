using System.Collections.Immutable;

namespace CircuitPipeline.Store;

/// <summary>How a run differs from its study's lock.</summary>
/// <param name="IsSameProcessor">Whether the lock was made on this processor class; else other bytes are no surprise.</param>
/// <param name="IsSameEngine">Whether the lock was made with this tensor engine.</param>
/// <param name="Differences">The items that differ, sorted by name.</param>
public sealed record LockComparison(bool IsSameProcessor, bool IsSameEngine, ImmutableArray<LockDifference> Differences)
{
    /// <summary>Whether every item that was compared is as the lock says.</summary>
    public bool IsEqual => Differences.IsEmpty;
}
