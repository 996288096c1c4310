using System.CommandLine;
using System.Globalization;
using CircuitPipeline.Hub;
using CircuitPipeline.Models.Checkpoints;
using CircuitPipeline.Pipeline.Errors;
using CircuitPipeline.Prompts.Tasks;
using CircuitPipeline.Reporting.Html;
using CircuitPipeline.Text.Tables;
using CircuitPipeline.Text.Tasks;
using CircuitPipeline.Tool.CommandLine;

namespace CircuitPipeline.Tool.Commands;

/// <summary><c>pairs</c>: the usable rows of a file, or pairs of a prompt task, as token ids with their texts beside them; or what files share.</summary>
internal sealed class PairsCommand : ToolCommand
{
    private const int MostFiles = 100;

    private static readonly Argument<string[]> Sources = new("FILE")
    {
        Description = "A file of prompt pairs in any form; with '--check-leaks' two or more.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private static readonly Option<string> Model = OptionFactory.Optional(
        "--model",
        ModelPlace.Forms,
        "The folder, or the id in the Hub's cache, whose tokenizer makes token ids of texts."
    );

    private static readonly Option<string> Task = OptionFactory.Optional(
        "--task",
        "NAME",
        $"Instead of a file: pairs of a task, for the model's words or tokenizer: {string.Join(", ", PromptTasks.Names)}."
    );

    private static readonly Option<string> Limit = OptionFactory.Optional(
        "--limit",
        "N",
        "With '--task': the largest number; by default the paper's."
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

    private static readonly Option<string> Out = OptionFactory.Optional(
        "--out",
        "IDS.jsonl",
        "Where the pairs are written."
    );

    private static readonly Option<bool> CheckLeaks = OptionFactory.Flag(
        "--check-leaks",
        "Write nothing; say which rows of a file are known from an earlier one."
    );

    private static readonly Option<bool> Fail = OptionFactory.Flag(
        "--fail",
        "With '--check-leaks': exit with 1 where there are such rows."
    );

    internal PairsCommand()
        : base(
            "pairs",
            "Writes the usable rows of a file of prompt pairs, or pairs of a task, as token ids.",
            [
                Sources,
                Model,
                IgnoredParts.KeyOption,
                Task,
                Limit,
                Count,
                Seed,
                .. PairsInput.OptionsOfFile,
                Out,
                CheckLeaks,
                Fail,
            ]
        ) { }

    internal override CommandResult Run(ParsedOptions options, CommandContext context)
    {
        string[] files = options.Texts(Sources);
        string? task = options.WordOrNull(Task, PromptTasks.Names);
        bool checksLeaks = options.Flag(CheckLeaks);
        options.Refuse(Fail, !checksLeaks, "'--check-leaks' is not given");
        foreach (Option option in (Option[])[Limit, Count, Seed])
        {
            options.Refuse(option, task is null, "nothing is drawn");
        }

        return checksLeaks ? Check(options, context, files) : Write(options, context, files, task);
    }

    private static CommandResult Check(ParsedOptions options, CommandContext context, string[] files)
    {
        foreach (Option option in (Option[])[Task, Out])
        {
            options.Refuse(option, when: true, "'--check-leaks' compares files and writes nothing");
        }

        return files.Length is >= 2 and <= MostFiles
            ? LeakCheck.Of(
                files,
                PairsInput.Read(options, files[0]).Options.CleanColumn,
                options.TextOrNull(Model) is { } model ? context.Model(model).Folder : null,
                options.Flag(Fail)
            )
            : throw new InvalidExperimentException(
                $"'--check-leaks' has {Plural.Of(files.Length, "file")}, but compares 2 to {MostFiles}; name the files that are learned from first."
            );
    }

    private static CommandResult Write(ParsedOptions options, CommandContext context, string[] files, string? task)
    {
        ModelPlace place = context.Model(Needed(options, Model));
        string output = Needed(options, Out);
        if (files.Length > 1 || task is null == files is [])
        {
            throw new InvalidExperimentException(
                $"{(files.Length > 1 ? "several files" : files is [] ? "neither of a file and '--task'" : "both of a file and '--task'")} are given, but exactly one says which pairs."
            );
        }

        OutputFile written = OutputFile.At(output, Out.Name, [.. files, .. place.Folders]);
        (PairsOfModel read, DrawnTexts? drawn) = task is null
            ? (PairsInput.Read(options, files[0]).Usable(place.Folder), null)
            : OfTask(options, task, place.Folder);
        IgnoredParts ignored = IgnoredParts.Read(options);
        read.MustFit(ignored.Config(Path.Combine(place.Folder, Checkpoint.ConfigFile)));
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
                drawn?.Draws,
                drawn?.Repeated,
            },
            [
                $"{Plural.Of(read.Rows.Usable.Length, "pair")} of {Plural.Of(read.Rows.Rows, drawn is null ? "row" : "different row")}: '{output}'.",
                .. drawn is null ? Ceiling(read.Rows) : TaskPairs.Lines(drawn),
            ]
        )
        {
            Ignored = ignored.OfConfig(),
            Warnings = drawn is null
                ? [.. read.Warnings, .. read.Rows.Reasons.Select(reason => $"{reason}")]
                : [.. read.WarningsOfUsable],
        };
    }

    private static (PairsOfModel, DrawnTexts?) OfTask(ParsedOptions options, string task, string model)
    {
        PairsInput how = PairsInput.Read(options, task);
        return new TaskPairs(
            task,
            model,
            how.Options.Form,
            how.Bos,
            options.WholeOrNull(Limit, TaskTexts.LeastLimit, TaskTexts.MostLimit)
        ).Draw(options.WholeOrNull(Count, 1, 1_000_000) ?? 500, options.WholeOrNull(Seed, 0, int.MaxValue) ?? 0);
    }

    private static IEnumerable<string> Ceiling(ImportedPairs rows) =>
        rows.Ceiling is { } ceiling
            ?
            [
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The right answer is one token in {100 * ceiling:0.##} % of the rows that have one: the most that accuracy can be."
                ),
            ]
            : [];

    private static string Needed(ParsedOptions options, Option<string> option) =>
        options.TextOrNull(option)
        ?? throw new InvalidExperimentException($"Option '{option.Name}' is required; see 'circuit pairs --help'.");
}
