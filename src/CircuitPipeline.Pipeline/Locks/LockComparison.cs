using System.Collections.Immutable;

namespace CircuitPipeline.Pipeline.Locks;

/// <summary>How a run differs from its study's lock.</summary>
/// <param name="Locked">What the lock's bytes were made on.</param>
/// <param name="Here">What this run's were made on.</param>
/// <param name="IsSameEngine">Whether the lock was made with this tensor engine.</param>
/// <param name="Differences">The items that differ, sorted by name.</param>
public sealed record LockComparison(
    LockedOn Locked,
    LockedOn Here,
    bool IsSameEngine,
    ImmutableArray<LockDifference> Differences
)
{
    /// <summary>Whether both used the same instructions; else the keys differ.</summary>
    public bool IsSameNumerics => Locked.Numerics == Here.Numerics;

    /// <summary>Whether equal keys must have given equal bytes; else other bytes are no surprise.</summary>
    public bool MustBeEqual => Locked.GivesTheBytesOf(Here);

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
