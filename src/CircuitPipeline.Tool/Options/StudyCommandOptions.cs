using System.CommandLine;
using CircuitPipeline.Attribution;
using CircuitPipeline.Pipeline.Errors;
using CircuitPipeline.Study;
using CircuitPipeline.Tensors;

namespace CircuitPipeline.Tool;

/// <summary>The options of the verbs that work on a whole study.</summary>
internal sealed class StudyCommandOptions
{
    private readonly Option<string> _root = Choice.Optional(
        "--root",
        "DIR",
        "The folder that holds 'experiments' and 'artifacts'; by default the current one."
    );

    private readonly Option<string> _experiment = Choice.Optional(
        "--experiment",
        "NAME|PATH",
        "'experiments/NAME.yaml' or a YAML file; by default 'tiny'."
    );

    private readonly Option<string> _target = Choice.Optional(
        "--target",
        "STAGE",
        $"The last stage of interest; by default '{StudyStages.Graph.Stages[^1].Name}'."
    );

    private readonly Option<string> _device = Choice.Optional(
        "--device",
        "cpu|cuda",
        "Where to compute; by default 'cpu'."
    );

    private readonly Option<string> _numerics = Choice.Optional(
        "--numerics",
        string.Join('|', EnumNames.All<Numerics>()),
        "Which instructions to compute with, by default what the experiment says."
    );

    internal Option[] All => [_root, _experiment, _target, _device, _numerics];

    /// <summary>The last stage of interest.</summary>
    internal string Target(Given given) =>
        given.WordOrNull(_target, StudyStages.Graph.Stages.Select(stage => stage.Name))
        ?? StudyStages.Graph.Stages[^1].Name;

    /// <summary>What a session needs; a front that runs nothing leaves jobs and lock as they are.</summary>
    internal Study.StudyOptions Read(Given given, Work work) =>
        new()
        {
            RootFolder = Root(given),
            Experiment = given.TextOrNull(_experiment) ?? "tiny",
            Device = given.TextOrNull(_device) ?? "cpu",
            Numerics = given.WordOrNull<Numerics>(_numerics),
            Jobs = work.Surroundings.Processors,
            Output = work.Lines,
            Time = work.Surroundings.Time,
        };

    private string Root(Given given) =>
        given.TextOrNull(_root) is not { } folder ? Path.GetFullPath(".")
        : Directory.Exists(folder) ? Path.GetFullPath(folder)
        : throw new InvalidExperimentException(
            $"'{_root.Name}' is {Quoted.Value(folder)}, but there is no such folder; name the one that holds 'experiments'."
        );
}
