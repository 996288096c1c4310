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

/// <summary>One item that differs from the lock.</summary>
/// <param name="Item">The item, <c>STAGE/ITEM</c>.</param>
/// <param name="Kind">In what it differs.</param>
/// <param name="Explanation">The same in words, to be read after the item's name and a colon.</param>
public sealed record LockDifference(string Item, LockDifferenceKind Kind, string Explanation);

/// <summary>In what an item differs from the lock.</summary>
public enum LockDifferenceKind
{
    /// <summary>The lock does not name the item.</summary>
    NotLocked,

    /// <summary>The item ran under another key: its spec, code, inputs or engine differ.</summary>
    OtherKey,

    /// <summary>The same key gave other bytes.</summary>
    OtherBytes,
}
