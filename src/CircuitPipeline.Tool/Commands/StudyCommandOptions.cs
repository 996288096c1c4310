using System.CommandLine;
using CircuitPipeline.Attribution;
using CircuitPipeline.Pipeline.Errors;
using CircuitPipeline.Study;
using CircuitPipeline.Study.Engine;
using CircuitPipeline.Tensors.Reproducibility;
using CircuitPipeline.Tool.CommandLine;

namespace CircuitPipeline.Tool.Commands;

/// <summary>The options of the commands that work on a whole study.</summary>
internal static class StudyCommandOptions
{
    private static readonly Option<string> RootOption = OptionFactory.Optional(
        "--root",
        "DIR",
        "The folder that holds 'experiments' and 'artifacts'; by default the current one."
    );

    private static readonly Option<string> ExperimentOption = OptionFactory.Optional(
        "--experiment",
        "NAME|PATH",
        "'experiments/NAME.yaml' or a YAML file; by default 'tiny'."
    );

    private static readonly Option<string[]> SetOption = OptionFactory.Repeated(
        "--set",
        "KEY=VALUE",
        "A value over the experiment's own, as 'fine_tune.rank=8'; without a value the key is taken away. May be given several times."
    );

    private static readonly Option<string> TargetOption = OptionFactory.Optional(
        "--target",
        "STAGE",
        $"The last stage of interest; by default '{StudyStages.Graph.Stages[^1].Name}'."
    );

    private static readonly Option<string> DeviceOption = OptionFactory.Optional(
        "--device",
        Devices.Names,
        "Where to compute; by default 'cpu'."
    );

    private static readonly Option<string> NumericsOption = OptionFactory.Optional(
        "--numerics",
        EnumNames.All<Numerics>(),
        "Which instructions to compute with, by default what the experiment says."
    );

    private static readonly Option<string> MemoryOption = OptionFactory.Optional(
        "--memory",
        "SIZE",
        "The memory that fine-tuning may take, as '12GB', shared out among the jobs; where it would take more it computes activations again instead of keeping them. Results do not depend on it, but for rounding with fast numerics, which training makes larger."
    );

    /// <summary>The options, in the order of the help.</summary>
    internal static Option[] All { get; } =
    [RootOption, ExperimentOption, SetOption, TargetOption, DeviceOption, NumericsOption, MemoryOption];

    /// <summary>The last stage of interest.</summary>
    internal static string Target(ParsedOptions options) =>
        options.WordOrNull(TargetOption, StudyStages.Graph.Stages.Select(stage => stage.Name))
        ?? StudyStages.Graph.Stages[^1].Name;

    /// <summary>What a session needs; a front that runs nothing leaves jobs and lock as they are.</summary>
    internal static StudyOptions Read(ParsedOptions options, CommandContext context) =>
        new()
        {
            RootFolder = Root(options),
            Experiment = options.TextOrNull(ExperimentOption) ?? "tiny",
            Set = [.. options.Texts(SetOption)],
            Device = options.TextOrNull(DeviceOption) ?? Devices.Cpu,
            Numerics = options.WordOrNull<Numerics>(NumericsOption),
            Jobs = Devices.DefaultJobs(options.TextOrNull(DeviceOption), context.Environment.Processors),
            Memory = options.TextOrNull(MemoryOption) is { } memory ? ByteSize.Parse(memory, MemoryOption.Name) : null,
            Output = context.Lines,
            Time = context.Time,
            Variable = context.Environment.Variable,
        };

    /// <summary>What was found of each study of a matrix, in one document; that of the only one as it is.</summary>
    internal static CommandResult Joined(IEnumerable<(string Study, CommandResult Result)> results)
    {
        (string Study, CommandResult Result)[] studies = [.. results];
        return studies is [var one]
            ? one.Result
            : new CommandResult(
                new { Studies = studies.Select(study => study.Result.Document).ToArray() },
                [
                    .. studies
                        .Where(study => study.Result.Lines.Count > 0)
                        .SelectMany(study => study.Result.Lines.Prepend($"{study.Study}:")),
                ],
                studies.Max(study => study.Result.ExitCode)
            );
    }

    private static string Root(ParsedOptions options) =>
        options.TextOrNull(RootOption) is not { } folder ? Path.GetFullPath(".")
        : Directory.Exists(folder) ? Path.GetFullPath(folder)
        : throw new InvalidExperimentException(
            $"'{RootOption.Name}' is {MessageText.Quoted(folder)}, but there is no such folder; name the one that holds 'experiments'."
        );
}
