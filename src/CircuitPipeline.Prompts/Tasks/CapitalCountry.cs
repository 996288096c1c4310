using System.Collections.Immutable;
using CircuitPipeline.Prompts.PromptPairs;
using CircuitPipeline.Prompts.Tasks.Words;

namespace CircuitPipeline.Prompts.Tasks;

/// <summary>The country of a capital; another capital gives the corrupted prompt.</summary>
/// <remarks>
/// After EAP-IG's fact retrieval (arXiv:2403.17806, <c> Kabul, the capital of</c>). Differs from the source: words stand before the
/// city, so that the prompts do not differ at their first token.
/// </remarks>
public sealed class CapitalCountry : IPromptTask
{
    private static readonly ImmutableArray<string> Templates =
    [
        "The city of {city} is the capital of",
        "We flew to {city}, the capital of",
        "I have never been to {city}, the capital of",
        "She was born in {city}, the capital of",
        "The train goes to {city}, the capital of",
        "Everybody knows that {city} is the capital of",
        "They moved to {city}, which is the capital of",
        "This is a map of {city}, the capital city of",
        "He works in {city}, the capital of",
        "The government sits in {city}, the capital of",
        "The airport of {city} is the largest in",
        "The old town of {city} attracts visitors to",
        "His parents live in {city}, the capital of",
        "The embassy is in {city}, the capital of",
        "The river flows through {city}, the capital of",
        "They met in {city}, the capital of",
        "She studied in {city}, the capital of",
        "The museum is in {city}, the capital of",
        "We spent a week in {city}, the capital of",
        "The letter was sent from {city}, the capital of",
        "My cousin lives near {city}, the capital of",
        "The company has an office in {city}, the capital of",
        "The road leads to {city}, the capital of",
        "The conference took place in {city}, the capital of",
    ];

    private static readonly ImmutableArray<string> Endings =
    [
        " capital of",
        " capital city of",
        " is the largest in",
        " attracts visitors to",
    ];

    private static readonly ImmutableArray<string> TinyPeople = ["we", "they", "you", "people", "kings"];
    private static readonly ImmutableArray<string> TinyVerbs = ["saw", "left"];
    private static readonly ImmutableArray<Capital> TinyCapitals = Capitals.OfOneWord;

    /// <inheritdoc/>
    public string Name => "capital-country";

    /// <inheritdoc/>
    public string Summary => "The country of a capital.";

    /// <inheritdoc/>
    public ImmutableArray<string> Words { get; } =
    [
        .. TinyCapitals.Select(capital => Tiny(capital.City)),
        .. TinyCapitals.Select(capital => Tiny(capital.Country)),
        .. TinyPeople,
        .. TinyVerbs,
        "the",
        "capital",
        "of",
        "lies",
        "in",
    ];

    /// <inheritdoc/>
    public int? DefaultLimit => null;

    /// <inheritdoc/>
    public IEnumerable<TaskItem> Items(TinyNumbers numbers) =>
        TinyCapitals.Select((capital, place) => new TaskItem([place], [KeyOf(capital)]));

    /// <inheritdoc/>
    public ImmutableArray<PromptPair> Ask(TaskItem item, TinyNumbers numbers, SeededRandom random)
    {
        Capital capital = TinyCapitals[item.Operands[0]];
        ImmutableArray<Capital> others = TinyCapitals.RemoveAt(item.Operands[0]);
        return
        [
            .. from who in TinyPeople
            from verb in TinyVerbs
            let other = random.Pick(others.AsSpan())
            select new PromptPair(
                $"{who} {verb} {Tiny(capital.City)} the capital of",
                $"{who} {verb} {Tiny(other.City)} the capital of",
                Tiny(capital.Country),
                Tiny(other.Country)
            ),
        ];
    }

    /// <inheritdoc/>
    public string Background(TinyNumbers numbers, SeededRandom random)
    {
        Capital capital = random.Pick(TinyCapitals.AsSpan());
        return $"{Tiny(capital.City)} lies in {Tiny(capital.Country)}";
    }

    /// <inheritdoc/>
    public TaskText DrawText(int limit, SeededRandom random)
    {
        Capital capital = random.Pick(Capitals.All.AsSpan());
        Capital[] others =
        [
            .. Capitals.All.Where(other => other != capital && Length(other.City) == Length(capital.City)),
        ];
        Capital other = random.Pick<Capital>(others);
        string template = random.Pick(Templates.AsSpan());
        return new TaskText(
            new PromptPair(
                template.Replace("{city}", capital.City),
                template.Replace("{city}", other.City),
                capital.Country,
                other.Country
            ),
            [KeyOf(capital)]
        );
    }

    /// <inheritdoc/>
    public ImmutableArray<string>? AnswersTo(string prompt) =>
        CapitalIn(prompt) is { } capital
            ? [prompt.Contains(capital.City, StringComparison.Ordinal) ? capital.Country : Tiny(capital.Country)]
            : null;

    /// <inheritdoc/>
    public ImmutableArray<string> KeysOf(string prompt) => CapitalIn(prompt) is { } capital ? [KeyOf(capital)] : [];

    private static Capital? CapitalIn(string prompt) =>
        Endings.Any(ending => prompt.EndsWith(ending, StringComparison.Ordinal)) ? Capitals.In(prompt) : null;

    private static int Length(string name) => name.Split(' ').Length;

    private static string Tiny(string name) => name.ToLowerInvariant();

    private static string KeyOf(Capital capital) => $"capital {Tiny(capital.City)} {Tiny(capital.Country)}";
}
