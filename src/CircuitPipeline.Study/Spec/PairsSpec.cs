using System.ComponentModel.DataAnnotations;
using CircuitPipeline.Prompts.Corpora;
using CircuitPipeline.Study.Artifacts;
using CircuitPipeline.Text.Tables;
using CircuitPipeline.Text.Tokenizers;

namespace CircuitPipeline.Study.Spec;

/// <summary>Files that sets of prompt pairs are read from, whole; a set that is not named is drawn as <c>splits</c> says.</summary>
public sealed record PairsSpec
{
    /// <summary>To fine-tune on: prompts with exactly one right answer each, and at least one batch of them.</summary>
    /// <value>Drawn by default.</value>
    public PairsFileSpec? Train { get; init; }

    /// <summary>For choices, and to measure the pretrained model on.</summary>
    /// <value>Drawn by default.</value>
    public PairsFileSpec? Validation { get; init; }

    /// <summary>To find circuits with.</summary>
    /// <value>Drawn by default.</value>
    public PairsFileSpec? Circuit { get; init; }

    /// <summary>To find circuits with again, for the noise floor, and to measure the first ones on.</summary>
    /// <value>Drawn by default.</value>
    public PairsFileSpec? CircuitAgain { get; init; }

    /// <summary>For reported accuracies.</summary>
    /// <value>Drawn by default.</value>
    public PairsFileSpec? Test { get; init; }

    /// <summary>The other part of the composed task, by default products and quotients.</summary>
    /// <value>Drawn by default.</value>
    public PairsFileSpec? MulDiv { get; init; }

    /// <summary>The composed task, whose circuit is compared with the union of its parts' circuits.</summary>
    /// <value>Drawn by default.</value>
    public PairsFileSpec? TwoStep { get; init; }

    /// <summary>The keys of the target's sets, all of which a study of a checkpoint reads from files.</summary>
    internal static IReadOnlyList<string> KeysOfTarget { get; } = [.. PairSets.OfTarget.Select(KeyOf)];

    /// <summary>The sets that are named, in the order above.</summary>
    internal IEnumerable<NamedPairsFile> Named =>
        new (PairsFileSpec? File, string Set)[]
        {
            (Train, PairSets.Train),
            (Validation, PairSets.Validation),
            (Circuit, PairSets.First),
            (CircuitAgain, PairSets.Second),
            (Test, PairSets.Test),
            (MulDiv, PairSets.MulDiv),
            (TwoStep, PairSets.TwoStep),
        }
            .Where(set => set.File is not null)
            .Select(set => new NamedPairsFile(KeyOf(set.Set), set.Set, set.File!));

    /// <summary>The paths of all files that are named, each once.</summary>
    internal IEnumerable<string> PathsIn(string folder) =>
        Named
            .SelectMany(set => (string?[])[set.File.File, set.File.AnswerSets])
            .OfType<string>()
            .Select(path => Path.GetFullPath(path, folder))
            .Distinct();

    /// <summary>The key of a set, by the name of its file among the artifacts.</summary>
    internal static string KeyOf(string set) =>
        set switch
        {
            PairSets.First => "circuit",
            PairSets.Second => "circuit_again",
            _ => set.Replace('-', '_'),
        };
}

/// <summary>A file of prompt pairs and how it is read; the keys are those of the tool's options.</summary>
public sealed record PairsFileSpec : ICheckedSpec
{
    internal const string OneToken = "one-token";
    internal const string FirstToken = "first-token";

    /// <summary>The file, JSONL, CSV or Parquet, relative to the experiment's folder.</summary>
    public required string File { get; init; }

    /// <summary>The column of the clean prompts.</summary>
    /// <value>By default <c>clean</c> or <c>prompt</c>.</value>
    public string? CleanColumn { get; init; }

    /// <summary>The column of the corrupted prompts.</summary>
    /// <value>By default <c>corrupted</c> or a counterfactual's.</value>
    public string? CorruptedColumn { get; init; }

    /// <summary>The column of the right answers.</summary>
    /// <value>By default the known ones.</value>
    public string? AnswerColumn { get; init; }

    /// <summary>The column of the wrong answers, beside <see cref="AnswerColumn"/>.</summary>
    /// <value>By default none where <c>answer_column</c> is given.</value>
    public string? CorruptedAnswerColumn { get; init; }

    /// <summary>A file that says what the answer column's values stand for, relative to the experiment's folder.</summary>
    /// <value>By default they stand for themselves.</value>
    public string? AnswerSets { get; init; }

    /// <summary>Whether an answer of several tokens makes its row unusable, or its first token stands for it.</summary>
    /// <value>The default is <c>one-token</c>.</value>
    [AllowedValues(OneToken, FirstToken)]
    public string Answer { get; init; } = OneToken;

    /// <summary>Whether a blank goes before an answer's text, or the text is taken as it is.</summary>
    /// <value>The default is <c>spaced</c>.</value>
    public AnswerForm AnswerForm { get; init; } = AnswerForm.Spaced;

    /// <summary>Whether a BOS token stands before texts.</summary>
    /// <value>The default is <c>auto</c>: as the tokenizer's files have it.</value>
    public BosPolicy Bos { get; init; } = BosPolicy.Auto;

    /// <summary>Whether rows that make no pair are left out; else one is an error.</summary>
    /// <value>The default is <c>false</c>.</value>
    public bool DropInvalid { get; init; }

    IEnumerable<SpecProblem> ICheckedSpec.Problems()
    {
        if (CorruptedAnswerColumn is not null && AnswerColumn is null)
        {
            yield return new SpecProblem(
                "corrupted_answer_column",
                "is given, but 'answer_column' is not; name both columns or neither."
            );
        }
    }
}

/// <summary>A set of pairs that is read from a file.</summary>
/// <param name="Key">Its key in the experiment, as <c>circuit_again</c>.</param>
/// <param name="Set">The name of its file among the artifacts, as <c>circuit-2</c>.</param>
/// <param name="File">The file and how it is read.</param>
internal sealed record NamedPairsFile(string Key, string Set, PairsFileSpec File);
