using System.Collections.Immutable;
using CircuitPipeline.Prompts.PromptPairs;
using CircuitPipeline.Prompts.PromptPairs.Paper;

namespace CircuitPipeline.Prompts.Tasks;

/// <summary>A sum or difference in brackets, then a product or an exact quotient; another last number gives the corrupted prompt.</summary>
/// <remarks>
/// Wang et al. 2025 (arXiv:2502.11812), two-step: <c>(61 - 45) * 45</c> with numbers to 100, a difference with the larger number first, a
/// divisor of at least 2. In words the numbers in the brackets are from 1 to the small limit. The keys are those of the steps.
/// </remarks>
public sealed class TwoStep : IComposedTask
{
    private const string FirstSigns = "+-";
    private const string SecondSigns = "*/";

    /// <inheritdoc/>
    public string Name => "two-step";

    /// <inheritdoc/>
    public string Summary => "Two steps of arithmetic: '(61 - 45) * 45 =', corrupted by another last number.";

    /// <inheritdoc/>
    public ImmutableArray<string> Words => ["calc", "(", "+", "-", ")", "*", "/", "="];

    /// <inheritdoc/>
    public int? DefaultLimit => 100;

    /// <inheritdoc/>
    public ImmutableArray<IPromptTask> Parts { get; } = [new AddSub(), new MulDiv()];

    /// <inheritdoc/>
    public IEnumerable<TaskItem> Items(TinyNumbers numbers) =>
        from first in Enumerable.Range(1, numbers.SmallLimit)
        from second in Enumerable.Range(1, numbers.SmallLimit)
        from firstSign in FirstSigns
        where firstSign == '+' || first > second
        let bracket = Expression.Of(first, firstSign, second)
        from secondSign in SecondSigns
        let thirds = Thirds(bracket.Value, secondSign, numbers)
        where thirds.Length > 1
        from third in thirds
        select new TaskItem(
            [first, FirstSigns.IndexOf(firstSign), second, SecondSigns.IndexOf(secondSign), third],
            KeysOf(first, second, bracket.Value, secondSign, third)
        );

    /// <inheritdoc/>
    public ImmutableArray<PromptPair> Ask(TaskItem item, TinyNumbers numbers, SeededRandom random)
    {
        (int first, int second, int third) = (item.Operands[0], item.Operands[2], item.Operands[4]);
        (char firstSign, char secondSign) = (FirstSigns[item.Operands[1]], SecondSigns[item.Operands[3]]);
        Expression bracket = Expression.Of(first, firstSign, second);
        int other = random.Pick<int>([.. Thirds(bracket.Value, secondSign, numbers).Where(number => number != third)]);
        return [Expression.InWords(Of(bracket, secondSign, third), Of(bracket, secondSign, other))];
    }

    /// <inheritdoc/>
    public TaskText DrawText(int limit, SeededRandom random)
    {
        char secondSign = SecondSigns[random.Between(0, 1)];
        while (true)
        {
            char firstSign = FirstSigns[random.Between(0, 1)];
            (int first, int second) = (random.Between(2, limit), random.Between(1, limit));
            (first, second) = firstSign == '-' && first < second ? (second, first) : (first, second);
            Expression bracket = Expression.Of(first, firstSign, second);
            int[] thirds =
                bracket.Value == 0 ? []
                : secondSign == '*' ? [.. Enumerable.Range(2, limit - 1)]
                : Arithmetic.DivisorsOf(bracket.Value);
            if (random.Shuffled(thirds) is [var third, var other, ..])
            {
                return new TaskText(
                    Expression.InText(Of(bracket, secondSign, third), Of(bracket, secondSign, other)),
                    KeysOf(first, second, bracket.Value, secondSign, third)
                );
            }
        }
    }

    /// <inheritdoc/>
    public ImmutableArray<string>? AnswersTo(string prompt) =>
        PaperAnswers.To(new TwoStepFormat(), TwoStepFormat.Task, Expression.ToText(prompt));

    /// <inheritdoc/>
    public ImmutableArray<string> KeysOf(string prompt) =>
        AnswersTo(prompt) is null ? [] : OperandKeys.OfCalculation(prompt);

    /// <summary>The bracket, its larger number first, against the other sign; and the second step against the twin's.</summary>
    /// <inheritdoc/>
    public ImmutableArray<PromptPair> Apart(PromptPair pair)
    {
        TwoStepOperands clean = OperandsOf(pair.Clean);
        Func<Expression, Expression, PromptPair> surface =
            Expression.ToText(pair.Clean) == pair.Clean ? Expression.InText : Expression.InWords;
        (int larger, int smaller) = (Math.Max(clean.First, clean.Second), Math.Min(clean.First, clean.Second));
        Expression sum = Expression.Of(larger, '+', smaller);
        Expression difference = Expression.Of(larger, '-', smaller);
        (Expression bracket, Expression twin) = clean.FirstSign == '+' ? (sum, difference) : (difference, sum);
        return
        [
            surface(bracket, twin),
            surface(
                Expression.Of(bracket.Value, clean.SecondSign, clean.Third),
                Expression.Of(bracket.Value, clean.SecondSign, OperandsOf(pair.Corrupted).Third)
            ),
        ];
    }

    private static TwoStepOperands OperandsOf(string prompt) =>
        TwoStepFormat.OperandsOf(Expression.ToText(prompt))
        ?? throw new ArgumentException($"'{MessageText.OneLine(prompt)}' is no prompt of two steps.", nameof(prompt));

    private static Expression Of(Expression bracket, char sign, int third) =>
        new($"( {bracket.Text} ) {sign} {third}", Expression.Of(bracket.Value, sign, third).Value);

    private static int[] Thirds(int bracket, char sign, TinyNumbers numbers) =>
        sign == '/' ? Arithmetic.DivisorsOf(bracket) : [.. Enumerable.Range(2, Math.Max(0, numbers.Max / bracket - 1))];

    private static ImmutableArray<string> KeysOf(int first, int second, int bracket, char sign, int third) =>
        [AddSub.KeyOf(first, second), MulDiv.KeyOf(sign == '*' ? bracket : bracket / third, third)];
}
