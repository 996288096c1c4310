using System.Collections.Immutable;
using CircuitPipeline.Prompts.PromptPairs;
using CircuitPipeline.Prompts.Tasks.Words;

namespace CircuitPipeline.Prompts.Tasks;

/// <summary>The pronoun of a tag question after a name; a name of the other gender gives the corrupted prompt.</summary>
/// <remarks>Mathwin et al. 2023, as in ACDC's and Edge Pruning's data: <c>So Mary is such a good cook, isn't</c>, <c>she</c> against <c>he</c>. The names are our own.</remarks>
public sealed class Pronoun : IPromptTask
{
    private const int TinyNamesOfEither = 30;

    // The first five are the source's.
    private static readonly ImmutableArray<string> Praises =
    [
        "a really great friend",
        "such a good cook",
        "a very good athlete",
        "a really nice person",
        "such a funny person",
        "a very kind neighbour",
        "such a careful driver",
        "a really good teacher",
        "a very patient student",
        "such a clever doctor",
        "a really fast runner",
        "a very honest lawyer",
    ];

    private static readonly ImmutableArray<string> TinyQualities = ["great", "good", "nice", "funny"];
    private static readonly ImmutableArray<string> TinyRoles = ["friend", "cook", "athlete", "person", "neighbour"];

    private static readonly ImmutableArray<string> TinyNames =
    [
        .. FirstNames
            .Women.Take(TinyNamesOfEither)
            .Concat(FirstNames.Men.Take(TinyNamesOfEither))
            .Select(name => name.ToLowerInvariant()),
    ];

    /// <inheritdoc/>
    public string Name => "pronoun";

    /// <inheritdoc/>
    public string Summary => "Gendered pronoun: 'she' or 'he' after a first name.";

    /// <inheritdoc/>
    public ImmutableArray<string> Words { get; } =
    [.. TinyNames, .. TinyQualities, .. TinyRoles, "so", "is", "a", "isnt", "she", "he", "woman", "man"];

    /// <inheritdoc/>
    public int? DefaultLimit => null;

    /// <inheritdoc/>
    public IEnumerable<TaskItem> Items(TinyNumbers numbers) =>
        TinyNames.Select((name, place) => new TaskItem([place], [KeyOf(name)]));

    /// <inheritdoc/>
    public ImmutableArray<PromptPair> Ask(TaskItem item, TinyNumbers numbers, SeededRandom random)
    {
        string name = TinyNames[item.Operands[0]];
        ImmutableArray<string> others =
        [
            .. TinyNames.Where(other => FirstNames.IsWoman(other) != FirstNames.IsWoman(name)),
        ];
        return
        [
            .. from quality in TinyQualities
            from role in TinyRoles
            let other = random.Pick(others.AsSpan())
            select Pair(name, other, who => $"so {who} is a {quality} {role} isnt"),
        ];
    }

    /// <inheritdoc/>
    public string Background(TinyNumbers numbers, SeededRandom random)
    {
        string name = random.Pick(TinyNames.AsSpan());
        return $"{name} is a {(FirstNames.IsWoman(name) ? "woman" : "man")}";
    }

    /// <inheritdoc/>
    public TaskText DrawText(int limit, SeededRandom random)
    {
        bool isWoman = random.NextCoin();
        string name = random.Pick((isWoman ? FirstNames.Women : FirstNames.Men).AsSpan());
        string other = random.Pick((isWoman ? FirstNames.Men : FirstNames.Women).AsSpan());
        string praise = random.Pick(Praises.AsSpan());
        return new TaskText(Pair(name, other, who => $"So {who} is {praise}, isn't"), [KeyOf(name)]);
    }

    /// <inheritdoc/>
    public ImmutableArray<string>? AnswersTo(string prompt) => NameIn(prompt) is { } name ? [Of(name)] : null;

    /// <inheritdoc/>
    public ImmutableArray<string> KeysOf(string prompt) => NameIn(prompt) is { } name ? [KeyOf(name)] : [];

    private static string? NameIn(string prompt) =>
        (prompt.EndsWith(" isnt", StringComparison.Ordinal) || prompt.EndsWith(" isn't", StringComparison.Ordinal))
        && FirstNames.In(prompt) is [var name]
            ? name
            : null;

    private static PromptPair Pair(string name, string other, Func<string, string> prompt) =>
        new(prompt(name), prompt(other), Of(name), Of(other));

    private static string Of(string name) => FirstNames.IsWoman(name) ? "she" : "he";

    private static string KeyOf(string name) => $"name {name.ToLowerInvariant()}";
}
