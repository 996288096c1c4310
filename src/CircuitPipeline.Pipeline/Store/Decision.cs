namespace CircuitPipeline.Pipeline.Store;

/// <summary>Whether a work item's result is stored already.</summary>
public abstract record Decision
{
    private Decision() { }

    /// <summary>The result is stored, and its blobs are whole.</summary>
    /// <param name="Record">What the item made.</param>
    public sealed record Cached(ItemRecord Record) : Decision;

    /// <summary>The item has to run.</summary>
    /// <param name="Reason">Why, to be read after "will run, because".</param>
    public sealed record WillRun(string Reason) : Decision;
}
