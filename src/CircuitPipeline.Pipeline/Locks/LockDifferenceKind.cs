namespace CircuitPipeline.Pipeline.Locks;

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
