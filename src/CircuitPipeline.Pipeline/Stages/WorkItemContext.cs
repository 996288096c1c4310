using System.Collections.Immutable;
using CircuitPipeline.Pipeline.Store;

namespace CircuitPipeline.Pipeline.Stages;

/// <summary>All that the body of a work item may know besides its slice of the spec.</summary>
public sealed record WorkItemContext
{
    /// <summary>Where each input file lies; the files are read-only.</summary>
    public required ImmutableDictionary<ItemInput, string> Inputs { get; init; }

    /// <summary>The folder into which the outputs go; empty, unless <see cref="State"/> has an earlier run's, whose outputs it has then.</summary>
    public required string Folder { get; init; }

    /// <summary>Takes lines that say how far the work is.</summary>
    public required Action<string> Progress { get; init; }

    /// <summary>Asks the body to stop; the body throws <see cref="OperationCanceledException"/> soon after.</summary>
    public required CancellationToken Cancellation { get; init; }

    /// <summary>The clock, for progress only.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>The device to compute on, <c>cpu</c> or <c>cuda</c>.</summary>
    public required string Device { get; init; }

    /// <summary>How many threads this job may use; the engine is already set to it.</summary>
    public required int Threads { get; init; }

    /// <summary>The most memory that the body should take, in bytes; null where it may take what it needs. Its bytes do not depend on it.</summary>
    public long? Memory { get; init; }

    /// <summary>What the body may go on from when it is stopped; null where nothing is to be kept.</summary>
    public KeptState? State { get; init; }

    /// <summary>The path of an input file.</summary>
    /// <param name="item">The work item that made the file.</param>
    /// <param name="name">The file's name.</param>
    /// <exception cref="ArgumentException">The item did not declare exactly one such input.</exception>
    public string InputFile(string item, string name)
    {
        ItemInput[] matching = [.. Inputs.Keys.Where(input => input.Item == item && input.File == name)];
        return matching.Length == 1
            ? Inputs[matching[0]]
            : throw new ArgumentException(
                $"'{item}/{name}' names {matching.Length} inputs; the item declares: "
                    + $"{string.Join(", ", Inputs.Keys.Select(input => input.ToString()).Order(StringComparer.Ordinal))}."
            );
    }

    /// <summary>The path to write an output file to.</summary>
    /// <param name="name">A file name, or a path in the folder with <c>/</c>, whose folders are made.</param>
    /// <exception cref="ArgumentException">The name would leave the folder.</exception>
    public string OutputFile(string name)
    {
        if (!PathSegment.IsInnerPath(name))
        {
            throw new ArgumentException(
                $"An output file needs a plain file name or a path in its folder, but got '{name}'.",
                nameof(name)
            );
        }

        string path = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return path;
    }
}
