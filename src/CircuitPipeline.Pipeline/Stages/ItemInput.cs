namespace CircuitPipeline.Pipeline.Stages;

/// <summary>A file that a work item reads: an output of an item of an earlier stage.</summary>
/// <param name="Stage">The stage that makes it.</param>
/// <param name="Item">The work item that makes it.</param>
/// <param name="File">The output file's name.</param>
public sealed record ItemInput(string Stage, string Item, string File)
{
    /// <summary>Prints as <c>stage/item/file</c>.</summary>
    public override string ToString() => $"{Stage}/{Item}/{File}";
}
