using System.Collections.Immutable;

namespace CircuitPipeline.Study.Artifacts;

/// <summary>The sets of pairs of a task that a study reads from files, or draws for a checkpoint's tokenizer, before anything runs.</summary>
/// <param name="Sets">The sets, in the order of the experiment's keys; those that are not here are drawn.</param>
/// <param name="Report">What was read, for the report.</param>
internal sealed record ImportedSets(ImmutableArray<ImportedSet> Sets, ImportReport Report)
{
    /// <summary>Of a study that draws all its pairs.</summary>
    internal static ImportedSets None { get; } = new([], new ImportReport([], []));

    /// <summary>A set by the name of its file; null where it is drawn.</summary>
    internal ImportedSet? Find(string set) => Sets.FirstOrDefault(imported => imported.Set == set);

    /// <summary>Those of some names, as a slice of the spec has them; null for none, which leaves a key as it is without files.</summary>
    internal ImportedSet[]? Among(IEnumerable<string> sets) =>
        Sets.Where(imported => sets.Contains(imported.Set)).ToArray() is { Length: > 0 } some ? some : null;
}

/// <summary>A set of pairs that was read from a file, or drawn: what it depends on, and what was made of it.</summary>
/// <remarks>
/// The public properties are in the keys of what is made from the set: the digests of the file and of the file of answer sets, never a path or a time,
/// how they were read, and the digest of the pairs, which says what the code and the packages that read them have made.
/// </remarks>
/// <param name="Set">The name of its file among the artifacts.</param>
/// <param name="File">SHA-256 of the file; null where it was drawn.</param>
/// <param name="AnswerSets">SHA-256 of the file of answer sets; null where there is none.</param>
/// <param name="Options">How the file was read; null where it was drawn.</param>
/// <param name="Pairs">SHA-256 of <see cref="Content"/>.</param>
internal sealed record ImportedSet(string Set, string? File, string? AnswerSets, ImportOptions? Options, string Pairs)
{
    /// <summary>The pairs as the study keeps them, token ids with their texts.</summary>
    internal required byte[] Content { get; init; }

    /// <summary>What scores keep of the reading, as JSON; null where the rows were taken as they are.</summary>
    internal required byte[]? Origin { get; init; }
}

/// <summary>How a file of pairs is read; the names are those of the experiment's keys.</summary>
/// <param name="CleanColumn">The column of the clean prompts; null for the known one.</param>
/// <param name="CorruptedColumn">That of the corrupted prompts, likewise.</param>
/// <param name="AnswerColumn">That of the right answers, likewise.</param>
/// <param name="CorruptedAnswerColumn">That of the wrong answers, likewise.</param>
/// <param name="Answer">What becomes of answers of several tokens.</param>
/// <param name="AnswerForm">How an answer's text goes on after the prompt.</param>
/// <param name="Bos">Whether a BOS token stands before texts.</param>
/// <param name="DropInvalid">Whether rows that make no pair are left out.</param>
internal sealed record ImportOptions(
    string? CleanColumn,
    string? CorruptedColumn,
    string? AnswerColumn,
    string? CorruptedAnswerColumn,
    string Answer,
    string AnswerForm,
    string Bos,
    bool DropInvalid
);
