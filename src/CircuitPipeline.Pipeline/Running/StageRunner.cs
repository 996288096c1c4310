using System.Globalization;
using CircuitPipeline.Pipeline.Errors;
using CircuitPipeline.Pipeline.Locks;
using CircuitPipeline.Pipeline.Stages;
using CircuitPipeline.Pipeline.Store;

namespace CircuitPipeline.Pipeline.Running;

/// <summary>Runs one stage: prints the decisions, runs what must run side by side, then shows and locks the results.</summary>
internal sealed class StageRunner(
    StagePlan plan,
    CompletedItems made,
    ItemRunner runner,
    StudyView view,
    LockReport studyLock,
    Func<string> engineKey,
    RunOptions options,
    RunLog log
)
{
    private const string KeptWhenFull =
        "What is finished is kept, and nothing half-written is left: make room, and the next run goes on from there.";

    private readonly List<StageRun> _runs = [];

    /// <summary>The stages run so far.</summary>
    public IReadOnlyList<StageRun> Runs => _runs;

    public void Run(IStage stage, CachePlan decisions, CancellationToken cancellation)
    {
        ItemDecision[] all = decisions.On(stage);
        foreach (ItemDecision decision in all)
        {
            log.Line(decision.ToString());
        }

        if (all.FirstOrDefault(decision => decision is { IsCached: false, Key: null }) is { } blocked)
        {
            throw new StageFailedException(
                $"Stage '{stage.Name}' cannot start: item '{blocked.Item}' must wait, because {blocked.Reason}; run the stages before it first."
            );
        }

        foreach (ItemDecision cached in all.Where(decision => decision.IsCached))
        {
            runner.Remember(cached);
        }

        ItemDecision[] toRun = [.. all.Where(decision => !decision.IsCached)];
        RunAll(stage, toRun, cancellation);
        ItemRecord[] records = [.. all.Select(decision => made.Find(stage.Name, decision.Item)!)];
        string? engine = plan.ItemsOf(stage).Any(item => item.UsesEngine) ? engineKey() : null;
        _runs.Add(new StageRun(stage.Name, all.Length, all.Length - toRun.Length, records.Sum(Seconds)));
        try
        {
            SayRestored(stage.Name, view.Show(stage.Name, records, cancellation));
            if (stage is IPublishingStage publishing)
            {
                Publish(publishing, records, isNew: toRun.Length > 0);
            }

            Lock(stage.Name, records, engine);
        }
        catch (Exception cause) when (DiskFull.IsCauseOf(cause))
        {
            throw new StageFailedException(
                $"The results of stage '{stage.Name}' are kept in the store, but cannot be written to '{view.Folder}' or the lock, "
                    + $"because {DiskFull.Clause(cause)}; make room, and the next run writes them.",
                cause
            );
        }
    }

    private void Lock(string stage, ItemRecord[] records, string? engine)
    {
        if (options.UpdateLock)
        {
            studyLock.Update(stage, records, engine);
        }
        else
        {
            studyLock.Compare(stage, records, engine);
        }
    }

    private void RunAll(IStage stage, ItemDecision[] toRun, CancellationToken cancellation)
    {
        Dictionary<string, WorkItem> items = plan.ItemsOf(stage).ToDictionary(item => item.Name);
        IReadOnlyDictionary<ItemDecision, Exception> failures = ParallelRunner.Run(
            JointRunner.Parts(
                toRun,
                decision => options.MakesJointly ? items[decision.Item].Joint?.Group : null,
                options.Jobs
            ),
            options.Jobs,
            part =>
                JointRunner.Run(
                    part,
                    decision => runner.Begin(items[decision.Item], decision, cancellation),
                    cancellation
                ),
            cancellation
        );
        string[] causes =
        [
            .. toRun
                .Where(failures.ContainsKey)
                .Select(failed => $"item '{failed.Item}': {Sentence(failures[failed])}"),
        ];
        if (causes.Length > 0)
        {
            throw new StageFailedException(
                $"Stage '{stage.Name}' failed: {string.Join(' ', causes)}"
                    + (failures.Values.Any(DiskFull.IsCauseOf) ? $" {KeptWhenFull}" : ""),
                failures[toRun.First(failures.ContainsKey)]
            );
        }

        if (toRun.Any(decision => made.Find(stage.Name, decision.Item) is null))
        {
            log.Line($"{stage.Name}: stopped; what is finished is kept, and the next run goes on from there.");
            throw new OperationCanceledException(cancellation);
        }
    }

    private void Publish(IPublishingStage stage, ItemRecord[] records, bool isNew)
    {
        PublishedFiles published = view.PublishedBy(stage.Name, records);
        if (!isNew)
        {
            SayRestored(stage.Name, published.Damaged);
        }

        stage.Publish(
            new PublishContext
            {
                Folder = view.Folder,
                PathOf = (item, file) => Path.Combine(view.FolderOf(stage.Name, item), file),
                Provenance = records[0].Provenance,
                Runs = [.. _runs],
                SecondsOf = (other, item) => made.Find(other, item) is { } record ? Seconds(record) : null,
                IsNeeded = isNew || !published.AreWhole,
                Write = published.Write,
                Say = text => log.Line($"{stage.Name}: {text}"),
            }
        );
        published.Keep();
    }

    private void SayRestored(string stage, IReadOnlyList<string> paths)
    {
        if (paths.Count > 0)
        {
            string others = paths.Count == 1 ? "" : $" and {paths.Count - 1} more";
            log.Line($"{stage}: restored '{paths[0]}'{others}, which did not hold what the run had written.");
        }
    }

    private static double Seconds(ItemRecord record) =>
        record.Provenance.TryGetValue("seconds", out string? seconds)
            ? double.Parse(seconds, CultureInfo.InvariantCulture)
            : 0;

    private static string Sentence(Exception failure) =>
        DiskFull.IsCauseOf(failure)
            ? $"{DiskFull.Clause(failure)}."
            : $"{failure.Message.ReplaceLineEndings(" ").Trim().TrimEnd('.')}.";
}
