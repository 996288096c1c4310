using System.Collections.Immutable;
using System.CommandLine;
using CircuitPipeline.Attribution;
using CircuitPipeline.Circuits.Config;
using CircuitPipeline.Prompts.PromptPairs;
using CircuitPipeline.Text.Tables;
using CircuitPipeline.Text.Tokenizers;
using CircuitPipeline.Tool.CommandLine;

namespace CircuitPipeline.Tool.Commands;

/// <summary>A file of prompt pairs and how it is read: the options that such commands share, and their values.</summary>
internal sealed record PairsInput
{
    internal const string FirstToken = "first-token";

    private static readonly string[] AnswerWays = ["one-token", FirstToken];

    private static readonly Option<string> FileOption = OptionFactory.Required(
        "--pairs",
        "FILE",
        "Pairs as JSONL, CSV or Parquet: texts or token ids, in columns as EAP-IG, MIB or the paper name them."
    );

    private static readonly Option<string> CleanOption = OptionFactory.Optional(
        "--clean-column",
        "NAME",
        "The column of the clean prompts; by default 'clean' or 'prompt'."
    );

    private static readonly Option<string> CorruptedOption = OptionFactory.Optional(
        "--corrupted-column",
        "NAME",
        "The column of the corrupted prompts; by default 'corrupted' or a counterfactual's."
    );

    private static readonly Option<string> AnswerOption = OptionFactory.Optional(
        "--answer-column",
        "NAME",
        "The column of the right answers; by default the known ones."
    );

    private static readonly Option<string> CorruptedAnswerOption = OptionFactory.Optional(
        "--corrupted-answer-column",
        "NAME",
        "The column of the wrong answers."
    );

    private static readonly Option<string> SetsOption = OptionFactory.Optional(
        "--answer-sets",
        "FILE",
        """What the answer column's values stand for: {"0": ["runs"], "1": ["run"]}."""
    );

    private static readonly Option<string> AnswerTokensOption = OptionFactory.Optional(
        "--answer",
        AnswerWays,
        "Whether an answer of several tokens makes its row unusable, or its first token stands for it."
    );

    private static readonly Option<string> FormOption = OptionFactory.Optional(
        "--answer-form",
        EnumNames.All<AnswerForm>(),
        "'spaced', the default, puts a blank before an answer's text; 'exact' takes it as it is."
    );

    private static readonly Option<string> BosOption = OptionFactory.Optional(
        "--bos",
        EnumNames.All<BosPolicy>(),
        "Whether a BOS token stands before texts; by default as the tokenizer's files have it."
    );

    private static readonly Option<bool> DropOption = OptionFactory.Flag(
        "--drop-invalid",
        "Go on without the rows that make no pair."
    );

    /// <summary>The options, in the order of the help.</summary>
    internal static Option[] All => [FileOption, .. OptionsOfFile, DropOption];

    /// <summary>Those that say how a file is read, for commands that name it in their own way.</summary>
    internal static Option[] OptionsOfFile { get; } =
    [
        CleanOption,
        CorruptedOption,
        AnswerOption,
        CorruptedAnswerOption,
        SetsOption,
        AnswerTokensOption,
        FormOption,
        BosOption,
    ];

    /// <summary>The file.</summary>
    internal required string File { get; init; }

    /// <summary>How its columns are read.</summary>
    internal PairsOptions Options { get; init; } = new();

    /// <summary>Whether a BOS token stands before texts.</summary>
    internal BosPolicy Bos { get; init; }

    /// <summary>Whether rows that make no pair are left out.</summary>
    internal bool DropsInvalid { get; init; }

    /// <summary>Reads the values from a command line.</summary>
    internal static PairsInput Read(ParsedOptions options) =>
        Read(options, options.Text(FileOption)) with
        {
            DropsInvalid = options.Flag(DropOption),
        };

    /// <summary>Reads the values from a command line that names the file in its own way.</summary>
    internal static PairsInput Read(ParsedOptions options, string file)
    {
        options.Refuse(CorruptedAnswerOption, !options.Has(AnswerOption), "'--answer-column' is not given");
        return new PairsInput
        {
            File = file,
            Options = new PairsOptions
            {
                CleanColumn = options.TextOrNull(CleanOption),
                CorruptedColumn = options.TextOrNull(CorruptedOption),
                AnswerColumn = options.TextOrNull(AnswerOption),
                CorruptedAnswerColumn = options.TextOrNull(CorruptedAnswerOption),
                AnswerSets = options.TextOrNull(SetsOption) is { } sets ? AnswerSetsFile.Read(sets) : null,
                FirstTokenAnswers = options.WordOrNull(AnswerTokensOption, AnswerWays) == FirstToken,
                Form = options.WordOrNull<AnswerForm>(FormOption) ?? AnswerForm.Spaced,
            },
            Bos = options.WordOrNull<BosPolicy>(BosOption) ?? BosPolicy.Auto,
        };
    }

    /// <summary>Reads the file with the tokenizer of a model's folder.</summary>
    /// <param name="model">The model's folder; null for token ids without a tokenizer.</param>
    /// <param name="needs">What answers a row must have.</param>
    /// <exception cref="InvalidDataException">The file or the tokenizer cannot be read.</exception>
    internal PairsOfModel For(string? model, NeededAnswers needs)
    {
        using PairsTable table = PairsTable.Open(File, Options);
        return For(table, model, needs);
    }

    /// <summary>Reads an open file with the tokenizer of a model's folder.</summary>
    /// <inheritdoc cref="For(string?, NeededAnswers)"/>
    internal PairsOfModel For(PairsTable table, string? model, NeededAnswers needs)
    {
        if (model is not null && !Directory.Exists(model))
        {
            throw new InvalidDataException(
                $"'{MessageText.OneLine(model)}': there is no such folder, but the tokenizer of a model is expected in it; name the model's folder."
            );
        }

        ITokenizer? tokenizer = model is null ? null : TokenizerFolder.Find(model, Bos);
        using IDisposable? engine = tokenizer as IDisposable;
        ImportedPairs rows = table.Read(tokenizer, needs);
        bool hasTexts = rows.Usable.Any(row => row.Clean is not null);
        return new PairsOfModel(rows, hasTexts ? tokenizer!.Source : null, hasTexts ? tokenizer!.Prefix : [])
        {
            FirstRight = Text(tokenizer, rows, pair => pair.Answers),
            FirstWrong = Text(tokenizer, rows, pair => pair.CorruptedAnswers),
        };
    }

    /// <summary>What answers a row must have where no metric says it: right ones, if the file has any.</summary>
    internal static NeededAnswers NeededOf(PairsOutline outline) =>
        outline.Right is null ? NeededAnswers.None : NeededAnswers.Right;

    /// <summary>Reads the rows that make a pair; that the others make none is no error here.</summary>
    /// <exception cref="InvalidDataException">None makes a pair, or the file cannot be read.</exception>
    internal PairsOfModel Usable(string model)
    {
        using PairsTable table = PairsTable.Open(File, Options);
        PairsOfModel read = For(table, model, NeededOf(table.Outline));
        read.Rows.Pairs(dropUnusable: true);
        return read;
    }

    /// <summary>Reads the pairs that a model of a configuration can be asked.</summary>
    /// <exception cref="InvalidDataException">A row makes no pair and is not to be dropped, or has a token that the model does not know.</exception>
    internal (EncodedPairs Pairs, PairsOfModel Read) PairsFor(
        string model,
        TransformerConfig config,
        NeededAnswers needs
    )
    {
        PairsOfModel read = For(model, needs);
        EncodedPairs pairs = read.Rows.Pairs(DropsInvalid);
        read.MustFit(config);
        return (pairs, read);
    }

    private static string? Text(
        ITokenizer? tokenizer,
        ImportedPairs rows,
        Func<EncodedPair, ImmutableArray<int>> answers
    )
    {
        try
        {
            return tokenizer is null || rows.Usable.IsEmpty
                ? null
                : tokenizer.Decode([.. answers(rows.Usable[0].Pair).Take(8)]);
        }
        catch (InvalidDataException)
        {
            return null; // ids that are no token's; what fits the model is checked elsewhere
        }
    }
}
