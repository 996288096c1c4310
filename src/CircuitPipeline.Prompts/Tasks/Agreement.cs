using System.Collections.Immutable;
using CircuitPipeline.Prompts.PromptPairs;
using CircuitPipeline.Prompts.Tasks.Words;

namespace CircuitPipeline.Prompts.Tasks;

/// <summary>Verb forms that go with a subject behind another noun; the subject's other number gives the corrupted prompt.</summary>
/// <remarks>
/// After EAP-IG's subject-verb agreement (arXiv:2403.17806), whose constructions are Marvin and Linzen's (arXiv:1808.09031): behind a
/// prepositional phrase and across an object relative clause. The words are our own.
/// </remarks>
public sealed class Agreement : IPromptTask
{
    // The first three prepositions are single words.
    private const int TinyPrepositions = 3;
    private const int TinyNounsOfEither = 15;

    private static readonly ImmutableArray<string> Prepositions =
    [
        "near",
        "behind",
        "beside",
        "above",
        "below",
        "opposite",
        "next to",
        "close to",
        "in front of",
        "far from",
    ];

    // Forms for one and for many.
    private static readonly ImmutableArray<(string One, string Many)> RelativeVerbs =
    [
        ("likes", "like"),
        ("admires", "admire"),
        ("hates", "hate"),
        ("knows", "know"),
        ("sees", "see"),
    ];

    private static readonly ImmutableArray<Noun> TinyNouns =
    [
        .. Nouns.People.Take(TinyNounsOfEither),
        .. Nouns.Things.Take(TinyNounsOfEither),
    ];

    /// <inheritdoc/>
    public string Name => "agreement";

    /// <inheritdoc/>
    public string Summary => "Subject-verb agreement: verbs in the number of the subject.";

    /// <inheritdoc/>
    public ImmutableArray<string> Words { get; } =
    [
        .. TinyNouns.Select(noun => noun.Singular),
        .. TinyNouns.Select(noun => noun.Plural),
        .. Tiny(isPlural: false),
        .. Tiny(isPlural: true),
        .. Prepositions.Take(TinyPrepositions),
        "the",
        "one",
        "many",
    ];

    /// <inheritdoc/>
    public int? DefaultLimit => null;

    /// <inheritdoc/>
    public IEnumerable<TaskItem> Items(TinyNumbers numbers) =>
        from subject in Enumerable.Range(0, TinyNouns.Length)
        from attractor in Enumerable.Range(0, TinyNouns.Length)
        where subject != attractor
        select new TaskItem([subject, attractor], [KeyOf(TinyNouns[subject], TinyNouns[attractor])]);

    /// <inheritdoc/>
    public ImmutableArray<PromptPair> Ask(TaskItem item, TinyNumbers numbers, SeededRandom random)
    {
        (Noun subject, Noun attractor) = (TinyNouns[item.Operands[0]], TinyNouns[item.Operands[1]]);
        return
        [
            .. from isPlural in (bool[])[false, true]
            from other in (string[])[attractor.Singular, attractor.Plural]
            let preposition = random.Pick(Prepositions.AsSpan()[..TinyPrepositions])
            select Pair(
                isPlural,
                plural => $"the {subject.Form(plural)} {preposition} the {other}",
                Tiny(isPlural),
                Tiny(!isPlural)
            ),
        ];
    }

    /// <inheritdoc/>
    public string Background(TinyNumbers numbers, SeededRandom random)
    {
        bool isPlural = random.NextCoin();
        string noun = random.Pick(TinyNouns.AsSpan()).Form(isPlural);
        return $"{(isPlural ? "many" : "one")} {noun} {random.Pick(Tiny(isPlural).AsSpan())}";
    }

    /// <inheritdoc/>
    public TaskText DrawText(int limit, SeededRandom random)
    {
        bool isPlural = random.NextCoin();
        bool isClause = random.NextCoin();
        // What people like may be anything, and who likes it is a person.
        Noun attractor = random.Pick((isClause ? Nouns.People : Nouns.All).AsSpan());
        Noun subject = random.Pick(Nouns.All.Remove(attractor).AsSpan());
        string other = attractor.Form(random.NextCoin());
        string middle = isClause
            ? $"that the {other} {Clause(other == attractor.Plural, random)}"
            : $"{random.Pick(Prepositions.AsSpan())} the {other}";
        return new TaskText(
            Pair(
                isPlural,
                plural => $"The {subject.Form(plural)} {middle}",
                Verbs.Form(isPlural),
                Verbs.Form(!isPlural)
            ),
            [KeyOf(subject, attractor)]
        );
    }

    /// <inheritdoc/>
    public ImmutableArray<string>? AnswersTo(string prompt) =>
        NounsIn(prompt) is [(var subject, var word), _]
            ? char.IsUpper(prompt[0])
                ? Verbs.Form(subject.Plural == word)
                : Tiny(subject.Plural == word)
            : null;

    /// <inheritdoc/>
    public ImmutableArray<string> KeysOf(string prompt) =>
        NounsIn(prompt) is [(var subject, _), (var attractor, _)] ? [KeyOf(subject, attractor)] : [];

    // Two nouns, each behind "the", the first at once: nothing for other prompts.
    private static (Noun Noun, string Word)[] NounsIn(string prompt)
    {
        string[] words = WordsOf.Text(prompt);
        (Noun, string)[] nouns =
        [
            .. words
                .Zip(words.Skip(1))
                .Where(pair => pair.First is "the" or "The")
                .Select(pair => (Nouns.With(pair.Second), pair.Second))
                .Where(noun => noun.Item1 is not null)
                .Select(noun => (noun.Item1!, noun.Second)),
        ];
        return words is ["The" or "the", _, _, ..] && nouns.Length == 2 && Nouns.With(words[1]) is not null
            ? nouns
            : [];
    }

    private static PromptPair Pair(
        bool isPlural,
        Func<bool, string> prompt,
        ImmutableArray<string> right,
        ImmutableArray<string> wrong
    ) => PromptPair.WithAnswers(prompt(isPlural), prompt(!isPlural), right, wrong);

    private static string Clause(bool isPlural, SeededRandom random)
    {
        (string one, string many) = random.Pick(RelativeVerbs.AsSpan());
        return isPlural ? many : one;
    }

    private static ImmutableArray<string> Tiny(bool isPlural) => Verbs.Form(isPlural)[..Verbs.Tiny];

    private static string KeyOf(Noun subject, Noun attractor) => $"agreement {subject.Singular} {attractor.Singular}";
}
