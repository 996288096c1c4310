using System.Collections.Immutable;
using System.Runtime.ExceptionServices;
using CircuitPipeline.Attribution;
using CircuitPipeline.Hub;
using CircuitPipeline.Hub.Cache;
using CircuitPipeline.Pipeline.Errors;
using CircuitPipeline.Pipeline.Running;
using CircuitPipeline.Pipeline.Stages;
using CircuitPipeline.Pipeline.Store;
using CircuitPipeline.Study.Engine;
using CircuitPipeline.Study.Estimates;
using CircuitPipeline.Study.Imports;
using CircuitPipeline.Study.Spec;
using CircuitPipeline.Tensors.Reproducibility;

namespace CircuitPipeline.Study;

/// <summary>Opens an experiment for running.</summary>
public static class StudySession
{
    /// <summary>Reads the experiment, and the files of pairs that it names, and opens the store.</summary>
    /// <param name="options">What the front passes on.</param>
    /// <exception cref="InvalidExperimentException">
    /// An option, the experiment's file or a file of pairs is wrong, or the experiment is a matrix of several.
    /// </exception>
    public static PipelineSession Open(StudyOptions options) =>
        OpenAll(options) is [var one]
            ? one
            : throw new InvalidExperimentException(
                $"The experiment {MessageText.Quoted(options.Experiment)} is a matrix of several studies; open them by '{nameof(OpenAll)}'."
            );

    /// <summary>Opens every study of an experiment's matrix, or its one; they share the store, so that what two have in common is made once.</summary>
    /// <param name="options">What the front passes on.</param>
    /// <returns>The sessions, in the matrix's order.</returns>
    /// <exception cref="InvalidExperimentException">An option, the experiment's file or a file of pairs is wrong.</exception>
    public static ImmutableArray<PipelineSession> OpenAll(StudyOptions options) =>
        [.. OpenWithEstimates(options).Select(study => study.Session)];

    /// <summary>The same, with what the items of each study will take.</summary>
    /// <param name="options">What the front passes on.</param>
    /// <returns>The studies, in the matrix's order.</returns>
    /// <exception cref="InvalidExperimentException">An option, the experiment's file or a file of pairs is wrong.</exception>
    public static ImmutableArray<OpenedStudy> OpenWithEstimates(StudyOptions options)
    {
        MustHaveDevice(options);
        ExperimentFile file = ExperimentFile.Find(options.RootFolder, options.Experiment);
        ProductRate rate = new(options.Device, options.Time);
        return
        [
            .. SpecReader
                .ReadAll(file.Path, file.ShownAs, options.Set)
                .Select(located =>
                    Open(options, file, located, rate, (spec, imports) => StudyStages.Of(spec, imports))
                ),
        ];
    }

    /// <summary>Does the same with every session; one that fails does not keep the others from it.</summary>
    /// <param name="sessions">The sessions.</param>
    /// <param name="run">What is done.</param>
    /// <exception cref="StageFailedException">A session failed; the message is that of the first.</exception>
    public static void RunAll(IEnumerable<PipelineSession> sessions, Action<PipelineSession> run)
    {
        ExceptionDispatchInfo? first = null;
        foreach (PipelineSession session in sessions)
        {
            try
            {
                run(session);
            }
            catch (StageFailedException failed)
            {
                first ??= ExceptionDispatchInfo.Capture(failed);
            }
        }

        first?.Throw();
    }

    /// <summary>Opens a session over other stages than this version's.</summary>
    /// <param name="options">What the front passes on.</param>
    /// <param name="catalog">Graph, stages and engine for an experiment.</param>
    /// <exception cref="InvalidExperimentException">An option, the experiment's file or a file of pairs is wrong.</exception>
    public static PipelineSession Open(StudyOptions options, Func<ExperimentSpec, StageCatalog> catalog)
    {
        MustHaveDevice(options);
        ExperimentFile file = ExperimentFile.Find(options.RootFolder, options.Experiment);
        LocatedSpec located = SpecReader.ReadPlaces(file.Path, file.ShownAs, options.Set);
        ProductRate rate = new(options.Device, options.Time);
        return Open(options, file, located, rate, (spec, _) => catalog(spec)).Session;
    }

    private static void MustHaveDevice(StudyOptions options)
    {
        if (!Devices.Names.Contains(options.Device))
        {
            throw new InvalidExperimentException(
                $"'--device' is {MessageText.Quoted(options.Device)}, but must be {Devices.NamesText}."
            );
        }
    }

    private static OpenedStudy Open(
        StudyOptions options,
        ExperimentFile file,
        LocatedSpec located,
        ProductRate rate,
        Func<ExperimentSpec, StudyInputs, StageCatalog> catalog
    )
    {
        ExperimentSpec spec = located.Spec;
        string folder = Path.GetDirectoryName(file.Path)!;
        HubCache cache = new(new HubEnvironment(options.Variable).CacheFolder);
        StudyInputs imports = StudyImports.Read(
            located,
            folder,
            cache,
            FileDigests.Of(options),
            options.Output,
            shape => StudyEstimates.Clause(spec, shape, () => rate.With(spec.ThreadsPerJob))
        );
        Numerics numerics = options.Numerics ?? spec.Numerics;
        PipelineSession session = new(
            options with
            {
                MakesJointly = numerics == Numerics.Fast, // in one pass products add their terms in another order
            },
            spec.Study,
            file.LockOf(spec.Study),
            catalog(spec, imports),
            new EngineSettings(options.Device, spec.ThreadsPerJob, EnumNames.Of(numerics))
        )
        {
            FilesRead =
            [
                file.Path,
                .. located.Extended,
                .. spec.Files.SelectMany(task => task.Pairs.PathsIn(folder)),
                .. imports.Model?.Paths ?? [],
            ],
        };
        OpenedStudy opened = new(
            session,
            () => StudyEstimates.Of(spec with { Numerics = numerics }, imports, options.Memory / options.Jobs),
            () => rate.With(spec.ThreadsPerJob),
            options.Jobs
        );
        if (options.Memory is { } memory && opened.FineTuningMemory is long needed && needed > memory / options.Jobs)
        {
            throw new InvalidExperimentException(
                $"'--memory' is {Amounts.Bytes(memory)}, {Amounts.Bytes(memory / options.Jobs)} for each of {options.Jobs} job(s), but fine-tuning takes "
                    + $"{Amounts.Bytes(needed)} even with activations computed again; give more, run fewer jobs, or raise 'fine_tune.accumulation'."
            );
        }

        return opened;
    }
}

/// <summary>A study to run: which experiment, and what to compute it with.</summary>
public sealed record StudyOptions : RunOptions
{
    /// <summary>The most seconds that a front takes for <see cref="RunOptions.StateInterval"/>: a day.</summary>
    internal const int MaxStateSeconds = 86_400;

    /// <summary>The name of a file in <c>experiments/</c> without its ending, or a path to a YAML file.</summary>
    /// <value>The default is <c>tiny</c>.</value>
    public string Experiment { get; init; } = "tiny";

    /// <summary>Values over the experiment's own, as <c>fine_tune.rank=8</c>; the value is YAML, and none takes the key away.</summary>
    /// <value>By default none.</value>
    public ImmutableArray<string> Set { get; init; } = [];

    /// <summary>The device to compute on, <c>cpu</c> or <c>cuda</c>.</summary>
    /// <value>The default is <c>cpu</c>.</value>
    public string Device { get; init; } = Devices.Cpu;

    /// <summary>Gives an environment variable, such as <c>HF_HOME</c>, which says where the Hub's cache lies; null where it is not set.</summary>
    /// <value>By default none is set, and models are found in folders alone.</value>
    public Func<string, string?> Variable { get; init; } = _ => null;

    /// <summary>Which instructions to compute with, in place of what the experiment says; null leaves it to the experiment.</summary>
    public Numerics? Numerics { get; init; }
}
