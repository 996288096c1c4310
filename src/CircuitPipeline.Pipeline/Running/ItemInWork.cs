using CircuitPipeline.Pipeline.Stages;
using CircuitPipeline.Pipeline.Store;

namespace CircuitPipeline.Pipeline.Running;

/// <summary>A work item in its locked workspace, from its start until its outputs are published; disposing releases the lock.</summary>
/// <param name="item">The item.</param>
/// <param name="decision">Why it runs.</param>
/// <param name="workspace">Where it writes.</param>
/// <param name="context">What its body gets.</param>
/// <param name="publish">Publishes what it made; gets the time that it took, and how many items took that time together.</param>
internal sealed class ItemInWork(
    WorkItem item,
    ItemDecision decision,
    ItemWorkspace workspace,
    WorkItemContext context,
    Action<ItemInWork, TimeSpan, int> publish
) : IDisposable
{
    private long _start = context.Time.GetTimestamp();

    public WorkItem Item => item;

    public ItemDecision Decision => decision;

    public ItemWorkspace Workspace => workspace;

    public WorkItemContext Context => context;

    public DateTimeOffset Started { get; private set; } = context.Time.GetUtcNow();

    /// <summary>Whether it goes on from what an earlier run kept.</summary>
    public bool HasState => context.State?.Earlier is not null;

    /// <summary>The time since it was last started.</summary>
    public TimeSpan Elapsed => context.Time.GetElapsedTime(_start);

    /// <summary>Starts its time anew: others may have been made since it was begun.</summary>
    public void Start() => (_start, Started) = (context.Time.GetTimestamp(), context.Time.GetUtcNow());

    /// <summary>Runs the item by itself.</summary>
    public void Run()
    {
        Start();
        item.Run(context);
        Publish(Elapsed, 1);
    }

    /// <summary>Publishes what was made.</summary>
    /// <param name="took">The time that it took.</param>
    /// <param name="together">How many items took that time together.</param>
    public void Publish(TimeSpan took, int together) => publish(this, took, together);

    /// <summary>Removes what was written, so that the item begins anew.</summary>
    public void Clear() => workspace.Clear();

    /// <inheritdoc/>
    public void Dispose() => workspace.Dispose();
}
