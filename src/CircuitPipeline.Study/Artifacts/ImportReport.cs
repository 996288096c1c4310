using System.Text.Json.Serialization;

namespace CircuitPipeline.Study.Artifacts;

/// <summary>What was read from files of pairs, and which prompts sets share.</summary>
/// <param name="Sets">The sets that were read.</param>
/// <param name="Shared">Sets that have prompts of others, drawn ones included; empty where none has.</param>
internal sealed record ImportReport(ImportedRows[] Sets, SharedPrompts[] Shared)
{
    /// <summary>What was drawn for the model's tokenizer; null where nothing was.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DrawnRows? Drawn { get; init; }
}

/// <summary>How the rows of a task were drawn for a tokenizer.</summary>
/// <param name="Draws">How many were drawn.</param>
/// <param name="Repeated">How many of them had a clean prompt that was drawn before.</param>
/// <param name="Usable">How many are in the sets.</param>
/// <param name="Dropped">Why others are not, the most frequent reason first.</param>
/// <param name="Ceiling">The share of rows whose right answer is one token.</param>
/// <param name="Tokenizer">The file that made token ids of texts.</param>
/// <param name="Prefix">The token ids before every prompt, such as BOS; often none.</param>
internal sealed record DrawnRows(
    int Draws,
    int Repeated,
    int Usable,
    DroppedRows[] Dropped,
    double? Ceiling,
    string Tokenizer,
    int[] Prefix
);

/// <summary>The rows of a file of pairs.</summary>
/// <param name="Set">The set's key in the experiment, as <c>circuit_again</c>.</param>
/// <param name="Rows">Rows of the file.</param>
/// <param name="Usable">Those that make a pair.</param>
/// <param name="Dropped">Why the others make none, the most frequent reason first.</param>
/// <param name="Ceiling">The share of rows whose right answer is one token, the most that accuracy can be.</param>
/// <param name="Tokenizer">The file that made token ids of texts; null where the rows were token ids.</param>
/// <param name="Prefix">The token ids before every prompt, such as BOS; often none.</param>
/// <param name="AnswerForm">How an answer's text went on after the prompt.</param>
/// <param name="FirstTokenAnswers">Whether the first token stood for answers of several.</param>
/// <param name="AnswersLeftOut">Texts that are not one token, of answers that were left out because others of their side are left.</param>
internal sealed record ImportedRows(
    string Set,
    int Rows,
    int Usable,
    DroppedRows[] Dropped,
    double? Ceiling,
    string? Tokenizer,
    int[] Prefix,
    string AnswerForm,
    bool FirstTokenAnswers,
    string[] AnswersLeftOut
);

/// <summary>Rows that were left out for one kind of reason.</summary>
/// <param name="Reason">The first one's.</param>
/// <param name="Count">How many there are.</param>
/// <param name="Lines">The first of their lines.</param>
internal sealed record DroppedRows(string Reason, int Count, int[] Lines);

/// <summary>Clean prompts of a set that another has too.</summary>
/// <param name="Set">The set, by its key in the experiment.</param>
/// <param name="Other">The other one.</param>
/// <param name="Rows">Rows of the set whose clean prompt the other has.</param>
/// <param name="Of">All rows of the set.</param>
internal sealed record SharedPrompts(string Set, string Other, int Rows, int Of)
{
    /// <summary>Rows of the set that share the clean prompt or all operands, as a sum the other way round; null where these are no more.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? KnownRows { get; init; }

    /// <summary>One sentence.</summary>
    public override string ToString() =>
        KnownRows is { } known
            ? $"{known} of the {Of} rows of '{Set}' have the clean prompt or all operands of '{Other}' ({Rows} the whole prompt), so that the two sets say less than they seem to."
            : $"{Rows} of the {Of} clean prompts of '{Set}' are among those of '{Other}' too, so that the two sets say less than they seem to.";
}
