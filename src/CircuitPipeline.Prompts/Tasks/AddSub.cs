using System.Collections.Immutable;
using CircuitPipeline.Prompts.PromptPairs;
using CircuitPipeline.Prompts.PromptPairs.Paper;

namespace CircuitPipeline.Prompts.Tasks;

/// <summary>Sums and differences; + and - exchanged gives the corrupted prompt.</summary>
/// <remarks>
/// Wang et al. 2025 (arXiv:2502.11812), Add/Sub: numbers from 1 to 100, the larger first. In words, one number is above the small limit
/// (<see cref="OperandPairs"/>). A sum and a difference of the same two numbers have one key.
/// </remarks>
public sealed class AddSub : IPromptTask
{
    /// <inheritdoc/>
    public string Name => "add-sub";

    /// <inheritdoc/>
    public string Summary => "Sums and differences: '72 - 46 =', corrupted by the other sign.";

    /// <inheritdoc/>
    public ImmutableArray<string> Words => ["calc", "+", "-", "="];

    /// <inheritdoc/>
    public int? DefaultLimit => 100;

    /// <inheritdoc/>
    public IEnumerable<TaskItem> Items(TinyNumbers numbers) =>
        OperandPairs
            .Pairs(numbers)
            .Select(pair => new TaskItem([pair.Larger, pair.Smaller], [KeyOf(pair.Larger, pair.Smaller)]));

    /// <inheritdoc/>
    public ImmutableArray<PromptPair> Ask(TaskItem item, TinyNumbers numbers, SeededRandom random) =>
        [.. AddSubPrompts.Of(OperandsOf(item))];

    /// <inheritdoc/>
    public string State(TaskItem item, TinyNumbers numbers, SeededRandom random) => State(OperandsOf(item), random);

    /// <inheritdoc/>
    public TaskText DrawText(int limit, SeededRandom random)
    {
        int first = random.Between(1, limit);
        int second = random.Between(1, limit);
        (int larger, int smaller) = (Math.Max(first, second), Math.Min(first, second));
        Expression sum = Expression.Of(larger, '+', smaller);
        Expression difference = Expression.Of(larger, '-', smaller);
        return new TaskText(
            random.NextCoin() ? Expression.InText(sum, difference) : Expression.InText(difference, sum),
            [KeyOf(larger, smaller)]
        );
    }

    /// <inheritdoc/>
    public ImmutableArray<string>? AnswersTo(string prompt) =>
        PaperAnswers.To(new ArithmeticFormat(), ArithmeticFormat.AddSub, Expression.ToText(prompt));

    /// <inheritdoc/>
    public ImmutableArray<string> KeysOf(string prompt) =>
        AnswersTo(prompt) is null ? [] : OperandKeys.OfCalculation(prompt);

    /// <summary>A line of the corpus: a difference, or a sum with either number first.</summary>
    internal static string State(OperandPair operands, SeededRandom random)
    {
        (int larger, int smaller) = operands;
        if (random.NextCoin())
        {
            return $"calc {larger} - {smaller} = {larger - smaller}";
        }
        (int first, int second) = random.NextCoin() ? (larger, smaller) : (smaller, larger);
        return $"calc {first} + {second} = {first + second}";
    }

    /// <summary>The numbers of an item of this task.</summary>
    internal static OperandPair OperandsOf(TaskItem item) => new(item.Operands[0], item.Operands[1]);

    /// <summary>The key of a sum or a difference, whichever number is first.</summary>
    internal static string KeyOf(int first, int second) => $"+- {Math.Max(first, second)} {Math.Min(first, second)}";
}
