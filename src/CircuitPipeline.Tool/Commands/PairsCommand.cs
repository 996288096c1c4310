using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using CircuitPipeline.Hub;
using CircuitPipeline.Models.Checkpoints;
using CircuitPipeline.Pipeline.Errors;
using CircuitPipeline.Prompts;
using CircuitPipeline.Prompts.Files;
using CircuitPipeline.Prompts.PromptPairs;
using CircuitPipeline.Reporting.Html;
using CircuitPipeline.Text.Tables;
using CircuitPipeline.Tool.CommandLine;

namespace CircuitPipeline.Tool.Commands;

/// <summary><c>pairs</c>: the usable rows of a file, or pairs of a prompt task, as token ids with their texts beside them.</summary>
internal sealed class PairsCommand : ToolCommand
{
    private static readonly Argument<string?> Source = new("FILE")
    {
        Description = "A file of prompt pairs in any form.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<string> Model = OptionFactory.Required(
        "--model",
        ModelPlace.Forms,
        "The folder, or the id in the Hub's cache, whose tokenizer makes token ids of texts."
    );

    private static readonly Option<string> Task = OptionFactory.Optional(
        "--task",
        PromptTasks.Names,
        "Instead of a file: pairs of a task of the study's own models."
    );

    private static readonly Option<string> Count = OptionFactory.Optional(
        "--count",
        "N",
        "With '--task': how many pairs; by default 500."
    );

    private static readonly Option<string> Seed = OptionFactory.Optional(
        "--seed",
        "N",
        "With '--task': the seed of the draws; by default 0."
    );

    private static readonly Option<string> Out = OptionFactory.Required(
        "--out",
        "IDS.jsonl",
        "Where the pairs are written."
    );

    internal PairsCommand()
        : base(
            "pairs",
            "Writes the usable rows of a file of prompt pairs, or pairs of a task, as token ids.",
            [Source, Model, IgnoredParts.KeyOption, Task, Count, Seed, .. PairsInput.OptionsOfFile, Out]
        ) { }

    internal override CommandResult Run(ParsedOptions options, CommandContext context)
    {
        ModelPlace place = context.Model(options.Text(Model));
        string model = place.Folder;
        string output = options.Text(Out);
        string? task = options.WordOrNull(Task, PromptTasks.Names);
        string? file = options.TextOrNull(Source);
        if (task is null == file is null)
        {
            throw new InvalidExperimentException(
                $"{(file is null ? "neither" : "both")} of a file and '{Task.Name}' are given, but exactly one says which pairs."
            );
        }

        options.Refuse(Count, task is null, "a file has the rows that it has");
        options.Refuse(Seed, task is null, "nothing is drawn");
        OutputFile written = OutputFile.At(
            output,
            Out.Name,
            file is null ? [.. place.Folders] : [file, .. place.Folders]
        );
        PairsOfModel read = task is null
            ? PairsInput.Read(options, file!).Usable(model)
            : OfTask(
                task,
                model,
                options.WholeOrNull(Count, 1, 1_000_000) ?? 500,
                options.WholeOrNull(Seed, 0, int.MaxValue) ?? 0
            );
        IgnoredParts ignored = IgnoredParts.Read(options);
        read.MustFit(ignored.Config(Path.Combine(model, Checkpoint.ConfigFile)));
        written.Write(PairsWriter.Write(read.Rows.Usable));
        return new CommandResult(
            new
            {
                Out = output,
                read.Rows.Rows,
                Pairs = read.Rows.Usable.Length,
                read.Rows.Ceiling,
                read.Rows.MergedAnswers,
                read.Tokenizer,
                read.Prefix,
                Unusable = read.Rows.Reasons,
            },
            [
                $"{Plural.Of(read.Rows.Usable.Length, "pair")} of {Plural.Of(read.Rows.Rows, "row")}: '{output}'.",
                .. read.Rows.Ceiling is { } ceiling
                    ? (string[])
                        [
                            string.Create(
                                CultureInfo.InvariantCulture,
                                $"The right answer is one token in {100 * ceiling:0.##} % of the rows that have one: the most that accuracy can be."
                            ),
                        ]
                    : [],
            ]
        )
        {
            Ignored = ignored.OfConfig(),
            Warnings = [.. read.Warnings, .. read.Rows.Reasons.Select(reason => $"{reason}")],
        };
    }

    private static PairsOfModel OfTask(string task, string model, int count, int seed)
    {
        Vocabulary vocabulary = VocabularyFile.Read(Path.Combine(model, VocabularyFile.Name));
        ImmutableArray<PromptPair> pairs = PromptTasks.Draw(task, vocabulary, count, new SeededRandom(seed));
        ImmutableArray<UsableRow> rows =
        [
            .. pairs.Select(
                (pair, place) => new UsableRow(place + 1, vocabulary.Encode(pair), pair.Clean, pair.Corrupted)
            ),
        ];
        return new PairsOfModel(new ImportedPairs(task, rows, [], [], 1), VocabularyFile.Name, []);
    }
}
