using System.Collections.Immutable;
using CircuitPipeline.Prompts.PromptPairs;
using CircuitPipeline.Prompts.PromptPairs.Paper;

namespace CircuitPipeline.Prompts.Tasks;

/// <summary>The least common multiple of two numbers.</summary>
/// <remarks>
/// Wang et al. 2025 (arXiv:2502.11812), LCM: an example and a question of one of three kinds, a multiple (1 to 50, times 2 to 10), two
/// coprime numbers (1 to 100) or a common factor (2 to 50, times two numbers of 2 to 10); another question of the same kind gives the
/// corrupted prompt. In words there is no example, the numbers are different and at least 2, and another second number, of the same kind,
/// gives the corrupted prompt. Two numbers have one key, whichever is first.
/// </remarks>
public sealed class Lcm : IPromptTask
{
    /// <inheritdoc/>
    public string Name => "lcm";

    /// <inheritdoc/>
    public string Summary =>
        "Least common multiples: 'LCM(20, 160) = 160, LCM(8, 64) =', corrupted by another question.";

    /// <inheritdoc/>
    public ImmutableArray<string> Words => ["lcm", "="];

    /// <inheritdoc/>
    public int? DefaultLimit => 100;

    /// <inheritdoc/>
    public IEnumerable<TaskItem> Items(TinyNumbers numbers) =>
        from first in Enumerable.Range(2, numbers.Max - 1)
        from second in Enumerable.Range(2, numbers.Max - 1)
        where IsAsked(first, second, numbers) && Others(first, second, numbers).Any()
        select new TaskItem([first, second], [KeyOf(first, second)]);

    /// <inheritdoc/>
    public ImmutableArray<PromptPair> Ask(TaskItem item, TinyNumbers numbers, SeededRandom random)
    {
        (int first, int second) = (item.Operands[0], item.Operands[1]);
        int other = random.Pick<int>([.. Others(first, second, numbers)]);
        return
        [
            new PromptPair(
                $"lcm {first} {second} =",
                $"lcm {first} {other} =",
                $"{Of(first, second)}",
                $"{Of(first, other)}"
            ),
        ];
    }

    /// <inheritdoc/>
    public TaskText DrawText(int limit, SeededRandom random)
    {
        LcmKind kind = (LcmKind)random.Between(0, 2);
        (int X, int Y) example = Draw(kind, limit, random);
        (int X, int Y) clean = Draw(kind, limit, random);
        (int X, int Y) corrupted = clean;
        while (Of(corrupted.X, corrupted.Y) == Of(clean.X, clean.Y))
        {
            corrupted = Draw(kind, limit, random);
        }
        return new TaskText(
            new PromptPair(Text(clean), Text(corrupted), $"{Of(clean.X, clean.Y)}", $"{Of(corrupted.X, corrupted.Y)}"),
            [KeyOf(clean.X, clean.Y)]
        );

        string Text((int X, int Y) question) =>
            LcmFormat.Write(
                ($"{example.X}", $"{example.Y}", $"{Of(example.X, example.Y)}"),
                ($"{question.X}", $"{question.Y}")
            );
    }

    /// <inheritdoc/>
    public ImmutableArray<string>? AnswersTo(string prompt) =>
        PaperAnswers.To(
            new LcmFormat(),
            LcmFormat.Task,
            prompt.Split(' ') is ["lcm", var x, var y, "="] ? LcmFormat.Write(("1", "1", "1"), (x, y)) : prompt
        );

    /// <inheritdoc/>
    public ImmutableArray<string> KeysOf(string prompt) =>
        AnswersTo(prompt) is [_] && Numbers.In(prompt) is [.., var first, var second] ? [KeyOf(first, second)] : [];

    private static (int X, int Y) Draw(LcmKind kind, int limit, SeededRandom random)
    {
        int largestFactor = Math.Max(3, limit / 10);
        switch (kind)
        {
            case LcmKind.Multiple:
                int number = random.Between(1, limit / 2);
                return (number, number * random.Between(2, largestFactor));
            case LcmKind.CommonFactor:
                int common = random.Between(2, limit / 2);
                int factor = random.Between(2, largestFactor);
                return (common * factor, common * random.BetweenBut(2, largestFactor, factor));
            default:
                (int x, int y) = (0, 0);
                while (GreatestDivisor(x, y) != 1)
                {
                    (x, y) = (random.Between(1, limit), random.Between(1, limit));
                }
                return (x, y);
        }
    }

    private static IEnumerable<int> Others(int first, int second, TinyNumbers numbers) =>
        Enumerable
            .Range(2, numbers.Max - 1)
            .Where(other =>
                IsAsked(first, other, numbers)
                && KindOf(first, other) == KindOf(first, second)
                && Of(first, other) != Of(first, second)
            );

    private static bool IsAsked(int first, int second, TinyNumbers numbers) =>
        first != second && Of(first, second) <= numbers.Max;

    private static LcmKind KindOf(int first, int second) =>
        first % second == 0 || second % first == 0 ? LcmKind.Multiple
        : GreatestDivisor(first, second) == 1 ? LcmKind.Coprime
        : LcmKind.CommonFactor;

    private static int Of(int first, int second) => first / GreatestDivisor(first, second) * second;

    private static int GreatestDivisor(int first, int second) =>
        second == 0 ? first : GreatestDivisor(second, first % second);

    private static string KeyOf(int first, int second) => $"lcm {Math.Min(first, second)} {Math.Max(first, second)}";
}

/// <summary>What two numbers have in common.</summary>
internal enum LcmKind
{
    /// <summary>One is a multiple of the other.</summary>
    Multiple,

    /// <summary>Nothing but 1.</summary>
    Coprime,

    /// <summary>In the paper's texts, a factor of at least 2; among numbers that are words, such a factor where neither is a multiple of the other.</summary>
    CommonFactor,
}
