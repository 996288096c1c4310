namespace CircuitPipeline.Planning;

/// <summary>A layer in the order of a rule.</summary>
/// <param name="Layer">The block, from 0.</param>
/// <param name="Value">The sum that placed it, in the rule's unit; null where no number did.</param>
public readonly record struct RankedLayer(int Layer, double? Value);
