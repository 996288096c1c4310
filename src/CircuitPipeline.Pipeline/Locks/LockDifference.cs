namespace CircuitPipeline.Pipeline.Locks;

/// <summary>One item that differs from the lock.</summary>
/// <param name="Item">The item, <c>STAGE/ITEM</c>.</param>
/// <param name="Kind">In what it differs.</param>
/// <param name="Explanation">The same in words, to be read after the item's name and a colon.</param>
public sealed record LockDifference(string Item, LockDifferenceKind Kind, string Explanation);
