using System.Collections.Immutable;
using CircuitPipeline.Prompts.PromptPairs;
using CircuitPipeline.Prompts.Tasks.Words;

namespace CircuitPipeline.Prompts.Tasks;

/// <summary>To whom something is given: the one of two people who is not named again; a third name there gives the corrupted prompt.</summary>
/// <remarks>
/// Wang et al. 2022 (arXiv:2211.00593); corrupted as by EAP-IG (arXiv:2403.17806), where both are right and the one who gave it in the
/// clean prompt is the wrong answer. The words are our own.
/// </remarks>
public sealed class IndirectObject : IPromptTask
{
    private const int TinyNamesOfEither = 10;

    private static readonly ImmutableArray<string> Places =
    [
        "school",
        "store",
        "park",
        "office",
        "garden",
        "station",
        "hospital",
        "library",
    ];

    private static readonly ImmutableArray<string> Objects =
    [
        "book",
        "ring",
        "ball",
        "drink",
        "letter",
        "basket",
        "ticket",
        "flower",
    ];

    private static readonly ImmutableArray<string> Templates =
    [
        "When {A} and {B} went to the {place}, {S} gave a {object} to",
        "Then, {A} and {B} went to the {place}. {S} gave a {object} to",
        "When {A} and {B} got a {object} at the {place}, {S} decided to give it to",
        "After {A} and {B} met at the {place}, {S} handed a {object} to",
        "While {A} and {B} were walking to the {place}, {S} passed a {object} to",
        "Then, {A} and {B} were working at the {place}. {S} decided to give a {object} to",
        "Yesterday {A} and {B} found a {object} at the {place}. In the end {S} gave it to",
        "Then, {A} and {B} had a long talk at the {place}, and afterwards {S} brought a {object} to",
    ];

    private static readonly ImmutableArray<string> TinyNames =
    [
        .. FirstNames
            .Women.Take(TinyNamesOfEither)
            .Concat(FirstNames.Men.Take(TinyNamesOfEither))
            .Select(name => name.ToLowerInvariant()),
    ];

    /// <inheritdoc/>
    public string Name => "ioi";

    /// <inheritdoc/>
    public string Summary => "Indirect object identification: the one of two people who is not named again.";

    /// <inheritdoc/>
    public ImmutableArray<string> Words { get; } = [.. TinyNames, .. Places, .. Objects, "and", "at", "gives", "to"];

    /// <inheritdoc/>
    public int? DefaultLimit => null;

    /// <inheritdoc/>
    public IEnumerable<TaskItem> Items(TinyNumbers numbers) =>
        from first in Enumerable.Range(0, TinyNames.Length)
        from second in Enumerable.Range(first + 1, TinyNames.Length - first - 1)
        from place in Enumerable.Range(0, Places.Length)
        from thing in Enumerable.Range(0, Objects.Length)
        select new TaskItem(
            [first, second, place, thing],
            [KeyOf(TinyNames[first], TinyNames[second], Places[place], Objects[thing])]
        );

    /// <inheritdoc/>
    public ImmutableArray<PromptPair> Ask(TaskItem item, TinyNumbers numbers, SeededRandom random)
    {
        (string one, string other) = (TinyNames[item.Operands[0]], TinyNames[item.Operands[1]]);
        (string place, string thing) = (Places[item.Operands[2]], Objects[item.Operands[3]]);
        ImmutableArray<string> others = TinyNames.Remove(one).Remove(other);
        return
        [
            .. from people in ((string, string)[])[(one, other), (other, one)]
            from giver in (string[])[one, other]
            let third = random.Pick(others.AsSpan())
            select Pair(
                people.Item1 == giver ? people.Item2 : people.Item1,
                giver,
                third,
                name => $"{people.Item1} and {people.Item2} at {place} {name} gives {thing} to"
            ),
        ];
    }

    /// <inheritdoc/>
    public TaskText DrawText(int limit, SeededRandom random)
    {
        (string first, string second, string third) = ThreeOf(FirstNames.All, random);
        (string place, string thing) = (random.Pick(Places.AsSpan()), random.Pick(Objects.AsSpan()));
        string template = random
            .Pick(Templates.AsSpan())
            .Replace("{A}", first)
            .Replace("{B}", second)
            .Replace("{place}", place)
            .Replace("{object}", thing);
        (string giver, string receiver) = random.NextCoin() ? (first, second) : (second, first);
        return new TaskText(
            Pair(receiver, giver, third, name => template.Replace("{S}", name)),
            [KeyOf(first, second, place, thing)]
        );
    }

    /// <inheritdoc/>
    public ImmutableArray<string>? AnswersTo(string prompt) =>
        Names(prompt) is [var first, var second, var giver]
            ? [.. ((string[])[first, second]).Where(name => name != giver)]
            : null;

    /// <inheritdoc/>
    public ImmutableArray<string> KeysOf(string prompt)
    {
        string[] words = WordsOf.Text(prompt);
        return
            Names(prompt) is [var first, var second, _]
            && words.FirstOrDefault(Places.Contains) is { } place
            && words.FirstOrDefault(Objects.Contains) is { } thing
            ? [KeyOf(first, second, place, thing)]
            : [];
    }

    // The two people and who of them is named again; nothing where the prompt does not end with "to" or has other names.
    private static ImmutableArray<string> Names(string prompt) =>
        prompt.EndsWith(" to", StringComparison.Ordinal)
        && FirstNames.In(prompt) is [var first, var second, _] names
        && first != second
            ? names
            : [];

    private static PromptPair Pair(string receiver, string giver, string third, Func<string, string> prompt) =>
        new(prompt(giver), prompt(third), receiver, giver);

    private static (string, string, string) ThreeOf(ImmutableArray<string> names, SeededRandom random)
    {
        string first = random.Pick(names.AsSpan());
        string second = random.Pick(names.Remove(first).AsSpan());
        return (first, second, random.Pick(names.Remove(first).Remove(second).AsSpan()));
    }

    // Who gives and who stands first can be told from the two names.
    private static string KeyOf(string first, string second, string place, string thing) =>
        $"ioi {string.Join(' ', ((string[])[first, second]).Select(name => name.ToLowerInvariant()).Order(StringComparer.Ordinal))} {place} {thing}";
}
