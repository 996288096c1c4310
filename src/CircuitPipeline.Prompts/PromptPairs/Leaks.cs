using System.Collections.Immutable;
using System.Globalization;

namespace CircuitPipeline.Prompts.PromptPairs;

/// <summary>Finds what sets of prompts share: what is measured on a later one may be remembered from an earlier one.</summary>
/// <remarks>
/// Two ways: the same clean prompt, and the same operands in other words, as a sum the other way round or a step of a composition
/// (<see cref="OperandKeys"/>). A row of the same prompt has the same operands too, where a task knows it.
/// </remarks>
public static class Leaks
{
    private const int RowsShown = 5;

    /// <summary>Compares each two sets.</summary>
    /// <param name="sets">The sets, those that are learned from first.</param>
    /// <returns>A leak for each two sets that share something, in the order of the later set; none where they are disjoint.</returns>
    public static ImmutableArray<Leak> Between(params IReadOnlyList<PromptSet> sets)
    {
        KnownSet[] known = [.. sets.Select(set => new KnownSet(set))];
        return
        [
            .. from later in Enumerable.Range(0, known.Length)
            from earlier in Enumerable.Range(0, later)
            let leak = Between(known[earlier], known[later])
            where leak.Rows > 0
            select leak,
        ];
    }

    private static Leak Between(KnownSet earlier, KnownSet later)
    {
        SharedRow[] shared =
        [
            .. later
                .Rows.Select(row => new SharedRow(
                    row.Line,
                    row.Prompt,
                    earlier.Prompts.Contains(row.Prompt),
                    [.. row.Keys.Where(earlier.Keys.Contains)],
                    row.Keys.Length
                ))
                .Where(row => row.IsSamePrompt || !row.Keys.IsEmpty),
        ];
        return new Leak(
            earlier.Name,
            later.Name,
            later.Rows.Length,
            shared.Length,
            shared.Count(row => row.IsSamePrompt),
            shared.Count(row => !row.Keys.IsEmpty),
            shared.Count(row => row.IsWhole),
            [
                .. shared
                    .SelectMany(row => row.Keys.Select(KindOf).Distinct())
                    .CountBy(kind => kind)
                    .OrderBy(kind => kind.Key, StringComparer.Ordinal)
                    .Select(kind => new LeakOfKind(kind.Key, kind.Value)),
            ],
            [.. shared.Take(RowsShown)]
        );
    }

    private static string KindOf(string key) => key.Split(' ')[0];

    private sealed class KnownSet(PromptSet set)
    {
        public string Name { get; } = set.Name;

        public ImmutableArray<(int Line, string Prompt, ImmutableArray<string> Keys)> Rows { get; } =
        [
            .. set
                .Prompts.Where(row => row.Text.Length > 0)
                .Select(row => (row.Line, row.Text, OperandKeys.Of(row.Text))),
        ];

        public HashSet<string> Prompts => field ??= [.. Rows.Select(row => row.Prompt)];

        public HashSet<string> Keys => field ??= [.. Rows.SelectMany(row => row.Keys)];
    }
}

/// <summary>Clean prompts under a name.</summary>
/// <param name="Name">The file's, or the set's.</param>
/// <param name="Prompts">The prompts.</param>
public sealed record PromptSet(string Name, ImmutableArray<PromptLine> Prompts)
{
    /// <summary>Prompts that stand one behind the other, from line 1.</summary>
    /// <param name="name">The set's name.</param>
    /// <param name="prompts">The prompts.</param>
    public static PromptSet Of(string name, IEnumerable<string> prompts) =>
        new(name, [.. prompts.Select((text, place) => new PromptLine(place + 1, text))]);
}

/// <summary>A clean prompt where it stands.</summary>
/// <param name="Line">Its line, from 1.</param>
/// <param name="Text">The prompt.</param>
public readonly record struct PromptLine(int Line, string Text);

/// <summary>What two sets of prompts share.</summary>
/// <param name="Earlier">The set that may be learned from.</param>
/// <param name="Later">The set that is measured on.</param>
/// <param name="AllRows">The rows of the later set.</param>
/// <param name="Rows">Those of them that share anything with the earlier one.</param>
/// <param name="SamePrompt">Those whose clean prompt stands in the earlier one.</param>
/// <param name="SameOperands">Those of which a key stands there.</param>
/// <param name="Whole">The rows of which all is known: the prompt, or every key, not only a step of a composition.</param>
/// <param name="Kinds">These by the first word of their keys, such as <c>*</c>; a composition counts for each of its shared parts.</param>
/// <param name="First">The first five.</param>
public sealed record Leak(
    string Earlier,
    string Later,
    int AllRows,
    int Rows,
    int SamePrompt,
    int SameOperands,
    int Whole,
    ImmutableArray<LeakOfKind> Kinds,
    ImmutableArray<SharedRow> First
)
{
    private string KindsText =>
        Kinds.IsEmpty
            ? ""
            : $" ({string.Join(", ", Kinds.Select(kind => string.Create(CultureInfo.InvariantCulture, $"'{kind.Kind}' {kind.Rows:N0}")))})";

    /// <summary>One sentence: how many rows, and what they share.</summary>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{MessageText.OneLine(Later)}: {Rows:N0} of {AllRows:N0} rows are known from {MessageText.OneLine(Earlier)}: {SamePrompt:N0} by their clean prompt, {SameOperands:N0} by their operands{KindsText}; the first is line {First[0].Line}, '{MessageText.End(First[0].Prompt)}'."
        );
}

/// <summary>How many rows share a kind of operands.</summary>
/// <param name="Kind">The first word of their keys.</param>
/// <param name="Rows">The rows.</param>
public sealed record LeakOfKind(string Kind, int Rows);

/// <summary>A row that shares something with an earlier set.</summary>
/// <param name="Line">Its line.</param>
/// <param name="Prompt">Its clean prompt.</param>
/// <param name="IsSamePrompt">Whether the prompt stands there.</param>
/// <param name="Keys">The keys that stand there.</param>
/// <param name="AllKeys">How many keys the row has.</param>
public sealed record SharedRow(int Line, string Prompt, bool IsSamePrompt, ImmutableArray<string> Keys, int AllKeys)
{
    /// <summary>Whether all of it is known: the prompt, or every key.</summary>
    public bool IsWhole => IsSamePrompt || Keys.Length == AllKeys;
}
