using System.Collections.Immutable;
using System.Globalization;
using CircuitPipeline.Prompts.PromptPairs;

namespace CircuitPipeline.Text.Tables;

/// <summary>The rows of a file of prompt pairs.</summary>
/// <param name="Source">The file.</param>
/// <param name="Usable">Those that make a pair, in the file's order.</param>
/// <param name="Unusable">Those that make none, and why.</param>
/// <param name="AnswersLeftOut">Texts that are not one token, of answers that were left out because others of their side are left.</param>
/// <param name="Ceiling">
/// The share of rows whose right answer is one token, so that a model can give it, of those that have one: the most that accuracy can
/// be; null where no row has an answer.
/// </param>
public sealed record ImportedPairs(
    string Source,
    ImmutableArray<UsableRow> Usable,
    ImmutableArray<UnusableRow> Unusable,
    ImmutableArray<string> AnswersLeftOut,
    double? Ceiling
)
{
    private const int ReasonsShown = 10;
    private const int LinesShown = 5;

    /// <summary>Whether the answers are token ids beside prompts that are texts, and nothing says of which tokenizer they are.</summary>
    public bool HasUncheckedIds { get; init; }

    /// <summary>
    /// How many usable rows have a right answer that the tokenizer does not put behind the prompt as its own token: encoded with the
    /// prompt, the two make other ids. Of a set the first is looked at; token ids are not, nor answers that do not follow the last token.
    /// </summary>
    public int MergedAnswers { get; init; }

    /// <summary>Number of rows, usable or not.</summary>
    public int Rows => Usable.Length + Unusable.Length;

    /// <summary>Whether every row makes a pair with all its answers.</summary>
    public bool AreAsTheyWere => Unusable.IsEmpty && AnswersLeftOut.IsEmpty;

    /// <summary>Why rows make no pair, the most frequent reason first: how many, the first of their lines, and the first's own words.</summary>
    public ImmutableArray<UnusableRows> Reasons =>
        [
            .. Unusable
                .GroupBy(row => UnusableRows.KindOf(row.Reason))
                .Select(group => new UnusableRows(
                    group.First().Reason,
                    group.Count(),
                    [.. group.Take(LinesShown).Select(row => row.Line)]
                ))
                .OrderByDescending(reason => reason.Count)
                .ThenBy(reason => reason.Lines[0]),
        ];

    /// <summary>The pairs.</summary>
    /// <param name="dropUnusable">Whether to go on without rows that make none; else one is an error.</param>
    /// <exception cref="InvalidDataException">A row makes no pair, or none does; the message has a line for each reason.</exception>
    public EncodedPairs Pairs(bool dropUnusable)
    {
        if (Unusable.Length > 0 && (!dropUnusable || Usable.IsEmpty))
        {
            throw new InvalidDataException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Source}: {Unusable.Length:N0} of {Rows:N0} rows make no pair:\n"
                )
                    + string.Concat(Reasons.Take(ReasonsShown).Select(reason => $"  {reason}\n"))
                    + (
                        Usable.IsEmpty
                            ? "None is left."
                            : string.Create(
                                CultureInfo.InvariantCulture,
                                $"Mend them, or go on with the other {Usable.Length:N0} by '--drop-invalid'."
                            )
                    )
            );
        }

        return EncodedPairs.Of(Usable.Select(row => row.Pair));
    }
}

/// <summary>A row that makes no pair.</summary>
/// <param name="Line">Its line in the file; in Parquet its number.</param>
/// <param name="Reason">Why, as a phrase.</param>
public sealed record UnusableRow(int Line, string Reason);

/// <summary>Rows that make no pair for one kind of reason.</summary>
/// <param name="First">The first one's reason.</param>
/// <param name="Count">How many there are.</param>
/// <param name="Lines">The lines of the first five.</param>
public sealed record UnusableRows(string First, int Count, ImmutableArray<int> Lines)
{
    /// <summary>One line: how many, where, why.</summary>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Count:N0} ({(Count == 1 ? "line" : "lines")} {string.Join(", ", Lines)}{(Count > Lines.Length ? ", …" : "")}): {First}"
        );

    // Reasons differ in numbers and in quoted values.
    internal static string KindOf(string reason)
    {
        bool isQuoted = false;
        return string.Concat(
            reason.Where(c =>
            {
                isQuoted ^= c == '\'';
                return !isQuoted && !char.IsAsciiDigit(c);
            })
        );
    }
}
