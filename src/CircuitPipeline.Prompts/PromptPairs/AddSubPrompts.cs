namespace CircuitPipeline.Prompts.PromptPairs;

/// <summary>The target task: sums and differences with a large operand; + and - exchanged gives the corrupted prompt.</summary>
/// <remarks>Wang et al. 2025 (arXiv:2502.11812), Add/Sub: the same numbers, the other operator.</remarks>
public static class AddSubPrompts
{
    /// <summary>The two prompt pairs of an operand pair: clean + against corrupted -, and the other way round.</summary>
    /// <param name="operands">A pair of the <see cref="OperandPairs"/>.</param>
    /// <returns>First the sum, then the difference.</returns>
    public static PromptPair[] Of(OperandPair operands)
    {
        (int larger, int smaller) = operands;
        (string? plus, string? minus) = ($"calc {larger} + {smaller} =", $"calc {larger} - {smaller} =");
        (string? sum, string? difference) = ($"{larger + smaller}", $"{larger - smaller}");
        return [new PromptPair(plus, minus, sum, difference), new PromptPair(minus, plus, difference, sum)];
    }
}
