using System.Collections.Immutable;
using CircuitPipeline.Prompts.PromptPairs;
using CircuitPipeline.Prompts.PromptPairs.Paper;

namespace CircuitPipeline.Prompts.Tasks;

/// <summary>The next term of an arithmetic or a geometric sequence after four.</summary>
/// <remarks>
/// Wang et al. 2025 (arXiv:2502.11812), sequence: a coin decides between start 1 to 500 with step 1 to 100, and start 1 to 10 with ratio
/// 2 to 10; one of the last two terms is raised by 1 to 100, which gives a corrupted prompt without an answer. In words, the corrupted
/// prompt has one: it is an arithmetic sequence with the same start. Numbers that are words leave few geometric sequences.
/// </remarks>
public sealed class Sequence : IPromptTask
{
    private const string Seq = "seq ";
    private const int Shown = 4;
    private const int LargestStep = 12;

    /// <inheritdoc/>
    public string Name => "sequence";

    /// <inheritdoc/>
    public string Summary => "The next term: '4, 8, 16, 32,', corrupted by other terms.";

    /// <inheritdoc/>
    public ImmutableArray<string> Words => ["seq"];

    /// <inheritdoc/>
    public int? DefaultLimit => 500;

    /// <inheritdoc/>
    public IEnumerable<TaskItem> Items(TinyNumbers numbers) =>
        Arithmetic(numbers)
            .Concat(
                from ratio in Enumerable.Range(2, 9)
                from start in Enumerable.Range(1, numbers.Max)
                let terms = Geometric(start, ratio)
                where terms[Shown] <= numbers.Max
                from order in (int[][])[terms, [.. terms.Reverse()]]
                select order
            )
            .Select(terms => new TaskItem([.. terms], [KeyOf(terms)]));

    /// <inheritdoc/>
    public ImmutableArray<PromptPair> Ask(TaskItem item, TinyNumbers numbers, SeededRandom random)
    {
        int[] clean = [.. item.Operands];
        int[][] others =
        [
            .. Arithmetic(clean[0], numbers).Where(terms => terms[1] != clean[1] && terms[Shown] != clean[Shown]),
        ];
        int[] corrupted = random.Pick<int[]>(others);
        return [new PromptPair(InWords(clean), InWords(corrupted), $"{clean[Shown]}", $"{corrupted[Shown]}")];
    }

    /// <inheritdoc/>
    public TaskText DrawText(int limit, SeededRandom random)
    {
        int small = Math.Max(2, limit / 50);
        int step = Math.Max(5, limit / 5); // more than there are terms behind the changed one
        int[] clean = random.NextCoin()
            ? ArithmeticFrom(random.Between(1, limit), random.Between(1, step))
            : Geometric(random.Between(1, small), random.Between(2, small));
        int place = random.Between(Shown - 2, Shown - 1);
        int[] corrupted = [.. clean];
        while (clean.Contains(corrupted[place]))
        {
            corrupted[place] = clean[place] + random.Between(1, step);
        }
        return new TaskText(new PromptPair(InText(clean), InText(corrupted), $"{clean[Shown]}", ""), [KeyOf(clean)]);
    }

    /// <inheritdoc/>
    public ImmutableArray<string>? AnswersTo(string prompt) =>
        PaperAnswers.To(
            new SequenceFormat(),
            SequenceFormat.Task,
            prompt.StartsWith(Seq, StringComparison.Ordinal)
                ? SequenceFormat.Write(prompt[Seq.Length..].Split(' '))
                : prompt
        );

    /// <inheritdoc/>
    public ImmutableArray<string> KeysOf(string prompt) =>
        AnswersTo(prompt) is [var next] ? [$"{KeyOf(Numbers.In(prompt))} {next}"] : [];

    private static IEnumerable<int[]> Arithmetic(TinyNumbers numbers) =>
        Enumerable.Range(0, numbers.Max + 1).SelectMany(start => Arithmetic(start, numbers));

    private static IEnumerable<int[]> Arithmetic(int start, TinyNumbers numbers) =>
        Enumerable
            .Range(-LargestStep, 2 * LargestStep + 1)
            .Where(step => step != 0 && start + step * Shown >= 0 && start + step * Shown <= numbers.Max)
            .Select(step => ArithmeticFrom(start, step));

    private static int[] ArithmeticFrom(int start, int step) =>
        [.. Enumerable.Range(0, Shown + 1).Select(place => start + step * place)];

    private static int[] Geometric(int start, int ratio) =>
        [.. Enumerable.Range(0, Shown + 1).Select(place => start * (int)Math.Pow(ratio, place))];

    private static string KeyOf(IEnumerable<int> terms) => $"seq {string.Join(' ', terms)}";

    private static string InWords(IEnumerable<int> terms) => Seq + string.Join(' ', terms.Take(Shown));

    private static string InText(IEnumerable<int> terms) =>
        SequenceFormat.Write(terms.Take(Shown).Select(term => $"{term}"));
}
