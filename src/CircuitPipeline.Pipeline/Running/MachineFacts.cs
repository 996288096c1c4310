namespace CircuitPipeline.Pipeline.Running;

/// <summary>Where a run happens: recorded with every result, never part of a key.</summary>
/// <param name="Host">The machine's name.</param>
/// <param name="ProcessorClass">Machines of one class give the same bytes for the same key.</param>
/// <param name="OperatingSystem">The operating system's name and version.</param>
/// <param name="Runtime">The .NET runtime's version.</param>
/// <param name="GitCommit">The working tree's commit, or <c>none</c>.</param>
/// <param name="GitIsDirty">Whether tracked files differ from that commit.</param>
public sealed record MachineFacts(
    string Host,
    string ProcessorClass,
    string OperatingSystem,
    string Runtime,
    string GitCommit,
    bool GitIsDirty
);
