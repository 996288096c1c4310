using System.Collections.Immutable;
using CircuitPipeline.Pipeline.Stages;
using CircuitPipeline.Pipeline.Store;

namespace CircuitPipeline.Pipeline.Running;

/// <summary>Runs one work item in a workspace and publishes what it made.</summary>
internal sealed class ItemRunner(
    ArtifactStore store,
    StagePlan plan,
    CompletedItems made,
    IEngine? engine,
    EngineSettings settings,
    ProvenanceFacts provenance,
    RunOptions options,
    RunLog log
)
{
    /// <summary>Runs the item, unless another process made it meanwhile.</summary>
    public void Run(WorkItem item, ItemDecision decision, CancellationToken cancellation)
    {
        ItemKey key = decision.Key!;
        using ItemWorkspace workspace = store.Begin(
            key,
            plan.Study,
            holder => Say($"waits for {holder?.ToString() ?? "another process"}, which makes it"),
            cancellation
        );
        if (workspace.Published is { } published)
        {
            made.Add(published);
            Say($"made by another process (key {key.Digest.Short})");
            return;
        }
        DateTimeOffset started = options.Time.GetUtcNow();
        long start = options.Time.GetTimestamp();
        if (item.UsesEngine)
        {
            engine!.Prepare(settings);
        }

        item.Run(ContextOf(item, workspace, Say, cancellation));
        TimeSpan took = options.Time.GetElapsedTime(start);
        made.Add(store.Publish(workspace, provenance.Of(item, started, took)));
        Say($"done in {RunLog.Seconds(took)} (key {key.Digest.Short})");

        void Say(string text) => log.Line($"{decision.Name}: {text}");
    }

    /// <summary>Notes a cached item's key, so that its next change is explained against what is current now.</summary>
    public void Remember(ItemDecision cached) => store.Remember(plan.Study, cached.Key!);

    private WorkItemContext ContextOf(
        WorkItem item,
        ItemWorkspace workspace,
        Action<string> say,
        CancellationToken cancellation
    ) =>
        new()
        {
            Inputs = item.Inputs.ToImmutableDictionary(input => input, PathOf),
            Folder = workspace.Folder,
            Memory = options.Memory / options.Jobs,
            State = new KeptState(workspace.StateFile, workspace.Folder, options.StateInterval, options.Time),
            Progress = say,
            Cancellation = cancellation,
            Time = options.Time,
            Device = settings.Device,
            Threads = item.UsesEngine ? settings.Threads : 1,
        };

    private string PathOf(ItemInput input) =>
        store.PathOf(made.Find(input.Stage, input.Item)!.Output(input.File).Digest);
}
