using System.Collections.Immutable;
using CircuitPipeline.Prompts.PromptPairs;
using CircuitPipeline.Prompts.PromptPairs.Paper;

namespace CircuitPipeline.Prompts.Tasks;

/// <summary>Products and exact quotients; another first number gives the corrupted prompt.</summary>
/// <remarks>
/// Wang et al. 2025 (arXiv:2502.11812), Mul/Div: factors from 2 to 200, the second of a product to 180; the corrupted first factor is
/// from 2 to 99, the corrupted dividend another multiple of the divisor below 200, where there is one. In words, factors are from 1 to
/// half of the largest number. A product and the quotients that undo it have one key.
/// </remarks>
public sealed class MulDiv : IPromptTask
{
    /// <inheritdoc/>
    public string Name => "mul-div";

    /// <inheritdoc/>
    public string Summary => "Products and exact quotients: '444 / 37 =', corrupted by another first number.";

    /// <inheritdoc/>
    public ImmutableArray<string> Words => ["calc", "*", "/", "="];

    /// <inheritdoc/>
    public int? DefaultLimit => 200;

    /// <inheritdoc/>
    public IEnumerable<TaskItem> Items(TinyNumbers numbers) =>
        from second in Enumerable.Range(1, numbers.Max / 2)
        from first in Enumerable.Range(1, LargestFirst(second, numbers))
        select new TaskItem([first, second], [KeyOf(first, second)]);

    /// <inheritdoc/>
    public ImmutableArray<PromptPair> Ask(TaskItem item, TinyNumbers numbers, SeededRandom random)
    {
        (int first, int second) = (item.Operands[0], item.Operands[1]);
        return
        [
            Expression.InWords(Expression.Of(first, '*', second), Expression.Of(Other(), '*', second)),
            Quotient(first * second, Other() * second, second, Expression.InWords),
        ];

        int Other() => random.BetweenBut(1, LargestFirst(second, numbers), first);
    }

    /// <inheritdoc/>
    public TaskText DrawText(int limit, SeededRandom random)
    {
        if (random.NextCoin())
        {
            int first = random.Between(2, limit);
            int factor = random.Between(2, limit * 9 / 10);
            int otherFirst = random.BetweenBut(2, limit / 2 - 1, first);
            return new TaskText(
                Expression.InText(Expression.Of(first, '*', factor), Expression.Of(otherFirst, '*', factor)),
                [KeyOf(first, factor)]
            );
        }
        int divisor = random.Between(2, limit);
        int quotient = random.Between(2, limit);
        int[] below = [.. Enumerable.Range(1, (limit - 1) / divisor).Where(other => other != quotient)];
        int otherQuotient = below.Length > 0 ? random.Pick<int>(below) : random.BetweenBut(2, limit, quotient);
        return new TaskText(
            Quotient(divisor * quotient, divisor * otherQuotient, divisor, Expression.InText),
            [KeyOf(divisor, quotient)]
        );
    }

    /// <inheritdoc/>
    public ImmutableArray<string>? AnswersTo(string prompt) =>
        PaperAnswers.To(new ArithmeticFormat(), ArithmeticFormat.MulDiv, Expression.ToText(prompt));

    /// <inheritdoc/>
    public ImmutableArray<string> KeysOf(string prompt) =>
        AnswersTo(prompt) is null ? [] : OperandKeys.OfCalculation(prompt);

    /// <summary>The key of a product of two factors, and of what undoes it.</summary>
    internal static string KeyOf(int first, int second) => $"*/ {Math.Min(first, second)} {Math.Max(first, second)}";

    private static int LargestFirst(int second, TinyNumbers numbers) => Math.Min(numbers.Max / 2, numbers.Max / second);

    private static PromptPair Quotient(
        int dividend,
        int other,
        int divisor,
        Func<Expression, Expression, PromptPair> surface
    ) => surface(Expression.Of(dividend, '/', divisor), Expression.Of(other, '/', divisor));
}
