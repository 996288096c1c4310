using System.Collections.Immutable;
using CircuitPipeline.Store;

namespace CircuitPipeline.Experiments;

/// <summary>One run of a study: decides what has to run, runs it, and says why.</summary>
public sealed class StudySession
{
    private readonly StudyParts _parts;
    private readonly StageRunner _runner;
    private readonly StudyPlan _plan;
    private readonly Func<Decisions> _decisions;
    private readonly RunLog _log;
    private readonly StudyView _view;

    private StudySession(RunOptions options, StudyParts parts, ExperimentFile file)
    {
        Spec = SpecReader.ReadFile(file.Path, file.ShownAs);
        _parts = parts;
        _log = new RunLog(options.Output);
        _plan = new StudyPlan(parts, Spec);
        MachineFacts machine = options.Machine ?? MachineReader.Read(options.RootFolder);
        string artifacts = Path.Combine(Path.GetFullPath(options.RootFolder), "artifacts");
        var store = new ArtifactStore(Path.Combine(artifacts, "store"), options.Time);
        EngineSettings settings = new(options.Device, Spec.ThreadsPerJob, options.Numerics ?? Spec.Numerics);
        IEngine? engine = parts.Engine is { } own ? new WarningEngine(own, _log.Line) : null;
        var keys = new KeyMaker(engine, settings);
        var made = new MadeItems();
        _view = new StudyView(store, artifacts, Spec.Study);
        _decisions = () => new Decisions(_plan, keys, store, made);
        _runner = new StageRunner(
            _plan,
            made,
            new ItemRunner(
                store,
                _plan,
                made,
                parts.Engine,
                settings,
                new Provenance(machine, keys, Spec.Study, options.Jobs),
                options,
                _log
            ),
            _view,
            LockReport.Beside(file, Spec.Study, new LockedOn(machine.ProcessorClass, settings.NumericsWord), _log),
            () => keys.Engine.Key,
            options,
            _log
        );
    }

    /// <summary>The experiment as it was read.</summary>
    public ExperimentSpec Spec { get; }

    /// <summary>The study's results by name: <c>artifacts/&lt;study&gt;</c>.</summary>
    public string Folder => _view.Folder;

    /// <summary>The stages that this session ran, in order.</summary>
    public IReadOnlyList<StageRun> Runs => _runner.Runs;

    /// <summary>Reads the experiment and opens the store.</summary>
    /// <param name="options">What the front passes on.</param>
    /// <exception cref="InvalidExperimentException">An option or the experiment's file is wrong.</exception>
    public static StudySession Open(RunOptions options) => Open(options, StudyParts.Default);

    /// <summary>Opens a session over other stages than this version's.</summary>
    /// <param name="options">What the front passes on.</param>
    /// <param name="parts">Graph, stages and engine.</param>
    /// <exception cref="InvalidExperimentException">An option or the experiment's file is wrong.</exception>
    public static StudySession Open(RunOptions options, StudyParts parts)
    {
        if (options.Device is not ("cpu" or "cuda"))
            throw new InvalidExperimentException(
                $"'--device' is {Quoted.Value(options.Device)}, but must be 'cpu' or 'cuda'."
            );
        if (options.Jobs is < 1 or > 1024)
            throw new InvalidExperimentException($"'--jobs' is {options.Jobs}, but must be 1 to 1024.");
        return new StudySession(options, parts, ExperimentFile.Find(options.RootFolder, options.Experiment));
    }

    /// <summary>Runs what has to run of a stage whose earlier stages are done, and shows the results.</summary>
    /// <param name="name">The stage.</param>
    /// <param name="cancellation">Stops the work; what is finished stays.</param>
    /// <exception cref="InvalidExperimentException">The graph has no such stage, or the machine no such device.</exception>
    /// <exception cref="StageFailedException">A work item failed; all others of the stage were still run.</exception>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public void RunStage(string name, CancellationToken cancellation = default)
    {
        StageDescription stage = _parts.Graph[name];
        if (_plan.Body(stage.Name) is { } body)
            _runner.Run(body, _decisions(), cancellation);
        else
            _log.Line($"{stage.Name}: this version ends before this stage.");
    }

    /// <summary>Runs a stage and, before it, every stage that it depends on.</summary>
    /// <param name="name">The last stage wanted.</param>
    /// <param name="cancellation">Stops the work; what is finished stays.</param>
    /// <exception cref="InvalidExperimentException">The graph has no such stage, or the machine no such device.</exception>
    /// <exception cref="StageFailedException">A work item failed; all others of its stage were still run.</exception>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public void RunUpTo(string name, CancellationToken cancellation = default)
    {
        foreach (StageDescription stage in _parts.Graph.UpTo(name))
            RunStage(stage.Name, cancellation);
    }

    /// <summary>Decides, without running anything, on every item up to a stage.</summary>
    /// <param name="stage">The last stage of interest.</param>
    /// <returns>The decisions in running order.</returns>
    public ImmutableArray<ItemDecision> Explain(string stage)
    {
        Decisions decisions = _decisions();
        return
        [
            .. _parts
                .Graph.UpTo(stage)
                .Select(before => _plan.Body(before.Name))
                .OfType<IStage>()
                .SelectMany(decisions.On),
        ];
    }
}
