using System.Collections.Immutable;
using CircuitPipeline.Pipeline.Errors;
using CircuitPipeline.Pipeline.Locks;
using CircuitPipeline.Pipeline.Stages;
using CircuitPipeline.Pipeline.Store;

namespace CircuitPipeline.Pipeline.Running;

/// <summary>One run of a pipeline: decides what has to run, runs it, and says why.</summary>
public sealed class PipelineSession
{
    private readonly StageCatalog _catalog;
    private readonly StageRunner _runner;
    private readonly StagePlan _plan;
    private readonly Func<CachePlan> _cache;
    private readonly RunLog _log;
    private readonly StudyView _view;

    /// <summary>Opens the store.</summary>
    /// <param name="options">What the front passes on.</param>
    /// <param name="study">The study's name.</param>
    /// <param name="lockFile">The study's lock.</param>
    /// <param name="catalog">Graph, stages and engine.</param>
    /// <param name="settings">What work items compute with.</param>
    /// <exception cref="InvalidExperimentException">An option is wrong.</exception>
    public PipelineSession(
        RunOptions options,
        string study,
        LockFile lockFile,
        StageCatalog catalog,
        EngineSettings settings
    )
    {
        if (options.Jobs is < 1 or > 1024)
        {
            throw new InvalidExperimentException($"'--jobs' is {options.Jobs}, but must be 1 to 1024.");
        }

        _catalog = catalog;
        _log = new RunLog(options.Output);
        _plan = new StagePlan(catalog, study);
        MachineFacts machine = options.Machine ?? MachineReader.Read(options.RootFolder);
        string artifacts = Path.Combine(Path.GetFullPath(options.RootFolder), "artifacts");
        ArtifactStore store = new(Path.Combine(artifacts, "store"), options.Time);
        IEngine? engine = catalog.Engine is { } own ? new WarningEngine(own, _log.Line) : null;
        CacheKeyBuilder keys = new(engine, settings);
        CompletedItems completed = new();
        _view = new StudyView(store, artifacts, study);
        _cache = () => new CachePlan(_plan, keys, store, completed);
        _runner = new StageRunner(
            _plan,
            completed,
            new ItemRunner(
                store,
                _plan,
                completed,
                catalog.Engine,
                settings,
                new ProvenanceFacts(machine, keys, study, options.Jobs),
                options,
                _log
            ),
            _view,
            new LockReport(
                lockFile,
                study,
                new LockedOn(machine.ProcessorClass, settings.Numerics),
                catalog.Graph,
                _log
            ),
            () => keys.Engine.Key,
            options,
            _log
        );
    }

    /// <summary>The study's name.</summary>
    public string Study => _plan.Study;

    /// <summary>The study's results by name: <c>artifacts/&lt;study&gt;</c>.</summary>
    public string Folder => _view.Folder;

    /// <summary>Full paths of the files that say what the study is: the experiment and those that it names.</summary>
    /// <value>By default none is known.</value>
    public ImmutableArray<string> FilesRead { get; init; } = [];

    /// <summary>The stages that this session ran, in order.</summary>
    public IReadOnlyList<StageRun> Runs => _runner.Runs;

    /// <summary>Runs what has to run of a stage whose earlier stages are done, and publishes the results.</summary>
    /// <param name="name">The stage.</param>
    /// <param name="cancellation">Stops the work; what is finished stays.</param>
    /// <exception cref="InvalidExperimentException">The graph has no such stage, or the machine no such device.</exception>
    /// <exception cref="StageFailedException">A work item failed; all others of the stage were still run.</exception>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public void RunStage(string name, CancellationToken cancellation = default)
    {
        StageDescription stage = _catalog.Graph[name];
        if (_plan.Body(stage.Name) is { } body)
        {
            _runner.Run(body, _cache(), cancellation);
        }
        else if (!stage.IsGroup)
        {
            _log.Line($"{stage.Name}: this version ends before this stage.");
        }
    }

    /// <summary>Runs a stage and, before it, every stage that it depends on.</summary>
    /// <param name="name">The last stage wanted.</param>
    /// <param name="cancellation">Stops the work; what is finished stays.</param>
    /// <exception cref="InvalidExperimentException">The graph has no such stage, or the machine no such device.</exception>
    /// <exception cref="StageFailedException">A work item failed; all others of its stage were still run.</exception>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public void RunUpTo(string name, CancellationToken cancellation = default)
    {
        foreach (StageDescription stage in _catalog.Graph.UpTo(name))
        {
            RunStage(stage.Name, cancellation);
        }
    }

    /// <summary>Compares the study's folder with the store, without changing anything; stages with items that will run are passed over.</summary>
    /// <param name="stage">The last stage of interest.</param>
    /// <returns>Paths of files that the next run writes: missing, damaged, edited, or of other results.</returns>
    public ImmutableArray<string> DifferencesOfView(string stage)
    {
        ImmutableArray<string>.Builder paths = ImmutableArray.CreateBuilder<string>();
        foreach (IGrouping<string, ItemDecision> decisions in Explain(stage).GroupBy(decision => decision.Stage))
        {
            if (decisions.Any(decision => !decision.IsCached))
            {
                continue;
            }

            ItemRecord[] records = [.. decisions.Select(decision => decision.Record!)];
            paths.AddRange(_view.Differences(decisions.Key, records));
            if (_plan.Body(decisions.Key) is IPublishingStage)
            {
                PublishedFiles published = _view.PublishedBy(decisions.Key, records);
                paths.AddRange(published.Damaged);
                if (!published.AreWhole && published.Damaged.Length == 0)
                {
                    paths.Add(_view.Folder); // files that are not known by name, or of other results
                }
            }
        }

        return paths.ToImmutable();
    }

    /// <summary>Decides, without running anything, on every item up to a stage.</summary>
    /// <param name="stage">The last stage of interest.</param>
    /// <returns>The decisions in running order.</returns>
    public ImmutableArray<ItemDecision> Explain(string stage)
    {
        CachePlan cache = _cache();
        return
        [
            .. _catalog
                .Graph.UpTo(stage)
                .Select(before => _plan.Body(before.Name))
                .OfType<IStage>()
                .SelectMany(cache.On),
        ];
    }
}
