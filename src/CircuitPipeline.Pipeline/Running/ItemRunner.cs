using System.Collections.Immutable;
using CircuitPipeline.Pipeline.Stages;
using CircuitPipeline.Pipeline.Store;

namespace CircuitPipeline.Pipeline.Running;

/// <summary>Begins work items in workspaces and publishes what they made.</summary>
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
    /// <summary>Locks the item's workspace and prepares the calling thread; null where another process made it meanwhile.</summary>
    public ItemInWork? Begin(WorkItem item, ItemDecision decision, CancellationToken cancellation)
    {
        ItemKey key = decision.Key!;
        ItemWorkspace workspace = store.Begin(
            key,
            plan.Study,
            holder => Say($"waits for {holder?.ToString() ?? "another process"}, which makes it"),
            cancellation
        );
        if (workspace.Published is { } published)
        {
            workspace.Dispose();
            made.Add(published);
            Say($"made by another process (key {key.Digest.Short})");
            return null;
        }

        if (item.UsesEngine)
        {
            engine!.Prepare(settings);
        }

        return new ItemInWork(item, decision, workspace, ContextOf(item, workspace, Say, cancellation), Publish);

        void Say(string text) => log.Line($"{decision.Name}: {text}");
    }

    /// <summary>Notes a cached item's key, so that its next change is explained against what is current now.</summary>
    public void Remember(ItemDecision cached) => store.Remember(plan.Study, cached.Key!);

    private void Publish(ItemInWork work, TimeSpan took, int together)
    {
        made.Add(store.Publish(work.Workspace, provenance.Of(work.Item, work.Started, took / together, together)));
        string others = together == 1 ? "" : $" with {together - 1} more";
        work.Context.Progress($"done in {RunLog.Seconds(took)}{others} (key {work.Decision.Key!.Digest.Short})");
    }

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
