using System.Collections.Immutable;
using System.Globalization;
using CircuitPipeline.Prompts.PromptPairs;
using CircuitPipeline.Prompts.PromptPairs.Paper;

namespace CircuitPipeline.Prompts.Tasks;

/// <summary>The fourth value of a linear function whose first three are given; another intercept gives the corrupted prompt.</summary>
/// <remarks>
/// Wang et al. 2025 (arXiv:2502.11812), function: slope 1 to 20, intercept 1 to 500. In words the function is not written down: places
/// and values alternate.
/// </remarks>
public sealed class LinearFunction : IPromptTask
{
    private const int LargestSlope = 20;
    private static readonly ImmutableArray<int> Places = [1, 2, 3, 4];

    /// <inheritdoc/>
    public string Name => "function";

    /// <inheritdoc/>
    public string Summary =>
        "The next value of a function: 'y=5x+75. Given x=1,2,3,4, y=80,85,90,', corrupted by another intercept.";

    /// <inheritdoc/>
    public ImmutableArray<string> Words => ["fun"];

    /// <inheritdoc/>
    public int? DefaultLimit => 500;

    /// <inheritdoc/>
    public IEnumerable<TaskItem> Items(TinyNumbers numbers) =>
        from slope in Enumerable.Range(1, LargestSlope)
        from intercept in Enumerable.Range(0, LargestIntercept(slope, numbers) + 1)
        select new TaskItem([slope, intercept], [KeyOf(slope, intercept)]);

    /// <inheritdoc/>
    public ImmutableArray<PromptPair> Ask(TaskItem item, TinyNumbers numbers, SeededRandom random)
    {
        (int slope, int intercept) = (item.Operands[0], item.Operands[1]);
        return [Pair(InWords, slope, intercept, random.BetweenBut(0, LargestIntercept(slope, numbers), intercept))];
    }

    /// <inheritdoc/>
    public TaskText DrawText(int limit, SeededRandom random)
    {
        int slope = random.Between(1, Math.Max(5, limit / 25));
        int intercept = random.Between(1, limit);
        return new TaskText(
            Pair(InText, slope, intercept, random.BetweenBut(1, limit, intercept)),
            [KeyOf(slope, intercept)]
        );
    }

    /// <inheritdoc/>
    public ImmutableArray<string>? AnswersTo(string prompt) =>
        PaperAnswers.To(
            new FunctionFormat(),
            FunctionFormat.Task,
            prompt.Split(' ') is ["fun", .. string[] points] && Points(points) is { } given ? TextOf(given) : prompt
        );

    /// <inheritdoc/>
    public ImmutableArray<string> KeysOf(string prompt) =>
        AnswersTo(prompt) is not [_]
            ? []
            : Numbers.In(prompt) switch
            {
                [var place, var value, var next, var nextValue, _, _, _] =>
                [
                    KeyOf((nextValue - value) / (next - place), value - (nextValue - value) / (next - place) * place),
                ],
                [var slope, var intercept, ..] => [KeyOf(slope, intercept)],
                _ => [],
            };

    private static int LargestIntercept(int slope, TinyNumbers numbers) => numbers.Max - slope * Places[^1];

    private static PromptPair Pair(Func<int, int, string> surface, int slope, int intercept, int other) =>
        new(
            surface(slope, intercept),
            surface(slope, other),
            $"{slope * Places[^1] + intercept}",
            $"{slope * Places[^1] + other}"
        );

    private static string InWords(int slope, int intercept) =>
        $"fun {string.Join(' ', Places[..^1].Select(place => $"{place} {slope * place + intercept}"))} {Places[^1]}";

    private static string InText(int slope, int intercept) =>
        FunctionFormat.Write(
            slope,
            intercept,
            Places.Select(place => (long)place),
            Places[..^1].Select(place => (long)slope * place + intercept)
        );

    private static long[]? Points(string[] words)
    {
        long[] numbers =
        [
            .. words.Select(word =>
                int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : -1
            ),
        ];
        return numbers.Length == 2 * Places.Length - 1 && numbers.All(number => number >= 0) && numbers[0] != numbers[2]
            ? numbers
            : null;
    }

    // The first two points decide the function; the paper's form checks the third.
    private static string TextOf(long[] points)
    {
        long slope = (points[3] - points[1]) / (points[2] - points[0]);
        long[] values = [points[1], points[3], points[5]];
        return FunctionFormat.Write(
            slope,
            points[1] - slope * points[0],
            points.Where((_, place) => place % 2 == 0),
            values
        );
    }

    private static string KeyOf(int slope, int intercept) => $"fun {slope} {intercept}";
}
