using CircuitPipeline.Prompts.Tasks;

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
        Expression sum = Expression.Of(larger, '+', smaller);
        Expression difference = Expression.Of(larger, '-', smaller);
        return [Expression.InWords(sum, difference), Expression.InWords(difference, sum)];
    }
}
