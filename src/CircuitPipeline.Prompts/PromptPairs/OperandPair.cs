namespace CircuitPipeline.Prompts;

/// <summary>An unordered pair of operands of the target task, written with the larger one first.</summary>
/// <param name="Larger">The larger operand, or one of two equal ones.</param>
/// <param name="Smaller">The smaller operand.</param>
public readonly record struct OperandPair(int Larger, int Smaller);
