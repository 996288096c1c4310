using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using CircuitPipeline.Prompts.PromptPairs;
using CircuitPipeline.Prompts.Tasks.Words;

namespace CircuitPipeline.Prompts.Tasks;

/// <summary>A later year of the same century; the first year of the century gives the corrupted prompt.</summary>
/// <remarks>
/// Hanna, Liu, Variengien 2023 (arXiv:2305.00586): <c>The war lasted from the year 1352 to the year 13</c>, corrupted by 1301. Wrong
/// are the years up to the clean one that the twin allows, 02 to 52. The centuries are 11 to 17; their first two and their last year
/// are left out, so that both sides have an answer.
/// </remarks>
public sealed partial class GreaterThan : IPromptTask
{
    private const int FirstCentury = 11;
    private const int LastCentury = 17;
    private const int FirstYear = 2;
    private const int LastYear = 98;
    private const int CorruptedYear = 1;
    private const int TinyNouns = 6;
    private const int PairsOfItem = 2;

    /// <inheritdoc/>
    public string Name => "greater-than";

    /// <inheritdoc/>
    public string Summary => "Years of a century that come later than a year of it.";

    /// <inheritdoc/>
    public ImmutableArray<string> Words { get; } = [.. Events.All.Take(TinyNouns), "from", "to", "before"];

    /// <inheritdoc/>
    public int? DefaultLimit => null;

    /// <inheritdoc/>
    public IEnumerable<TaskItem> Items(TinyNumbers numbers)
    {
        for (int century = FirstCentury; century <= LastCentury; century++)
        {
            for (int year = FirstYear; year <= LastYear; year++)
            {
                yield return new TaskItem([century, year], [KeyOf(century, year)]);
            }
        }
    }

    /// <inheritdoc/>
    public ImmutableArray<PromptPair> Ask(TaskItem item, TinyNumbers numbers, SeededRandom random) =>
        [
            .. random
                .Shuffled(Events.All.Take(TinyNouns))
                .Take(PairsOfItem)
                .Select(noun =>
                    Pair(year => $"{noun} from {item.Operands[0]} {year} to {item.Operands[0]}", "0", item)
                ),
        ];

    /// <inheritdoc/>
    public string Background(TinyNumbers numbers, SeededRandom random)
    {
        int later = random.Between(CorruptedYear + 1, LastYear + 1);
        return $"{random.Between(CorruptedYear, later - 1)} before {later}";
    }

    /// <inheritdoc/>
    public TaskText DrawText(int limit, SeededRandom random)
    {
        string noun = random.Pick(Events.All.AsSpan());
        (int century, int year) = (random.Between(FirstCentury, LastCentury), random.Between(FirstYear, LastYear));
        TaskItem item = new([century, year], [KeyOf(century, year)]);
        return new TaskText(
            Pair(number => $"The {noun} lasted from the year {century}{number} to the year {century}", "00", item),
            item.Keys
        );
    }

    /// <inheritdoc/>
    public ImmutableArray<string>? AnswersTo(string prompt)
    {
        if (Pattern().Match(prompt) is not { Success: true } match)
        {
            return null;
        }

        string form = match.Groups["noun"].Success ? "0" : "00";
        return Later(int.Parse(match.Groups["year"].Value, CultureInfo.InvariantCulture), LastYear + 1, form);
    }

    /// <inheritdoc/>
    public ImmutableArray<string> KeysOf(string prompt) =>
        Pattern().Match(prompt) is { Success: true } match
            ? [KeyOf(Number(match, "century"), Number(match, "year"))]
            : [];

    private static PromptPair Pair(Func<string, string> prompt, string form, TaskItem item)
    {
        int year = item.Operands[1];
        ImmutableArray<string> right = Later(year, LastYear + 1, form);
        ImmutableArray<string> wrong = Later(CorruptedYear, year, form);
        return PromptPair.WithAnswers(Clean(year), Clean(CorruptedYear), right, wrong);

        string Clean(int number) => prompt(number.ToString(form, CultureInfo.InvariantCulture));
    }

    private static ImmutableArray<string> Later(int year, int last, string form) =>
        [
            .. Enumerable
                .Range(year + 1, last - year)
                .Select(number => number.ToString(form, CultureInfo.InvariantCulture)),
        ];

    private static string KeyOf(int century, int year) => $"year {century} {year}";

    private static int Number(Match match, string group) =>
        int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(
        @"\A(?:(?<noun>[a-z]+) from (?<century>[0-9]{2}) (?<year>[0-9]{1,2}) to|The [a-z]+ lasted from the year (?<century>[0-9]{2})(?<year>[0-9]{2}) to the year) \k<century>\z",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Pattern();
}
