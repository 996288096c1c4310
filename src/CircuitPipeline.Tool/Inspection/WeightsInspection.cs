using System.Buffers.Binary;
using CircuitPipeline.Models.Checkpoints;

namespace CircuitPipeline.Tool.Inspection;

/// <summary>What <c>inspect</c> says of a safetensors file: weights, or what a stopped training goes on from.</summary>
internal static class WeightsInspection
{
    private const string Ending = ".safetensors";

    // As a training's state names its parts; the losses are of the steps that were taken.
    private const string Losses = "losses";
    private const string OfOptimizer = "optimizer.";

    /// <summary>Whether a file has the ending, or none and begins as such a file does: the header's length, then the header's brace.</summary>
    internal static bool IsOne(string path)
    {
        if (path.EndsWith(Ending, StringComparison.Ordinal) || Path.HasExtension(path))
        {
            return path.EndsWith(Ending, StringComparison.Ordinal);
        }

        try
        {
            using FileStream file = File.OpenRead(path);
            byte[] start = new byte[sizeof(ulong) + 1];
            return file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length
                && BinaryPrimitives.ReadUInt64LittleEndian(start) < (ulong)file.Length
                && start[^1] == '{';
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            return false; // the reader of its kind says it better
        }
    }

    /// <summary>What the file holds, by its header.</summary>
    /// <exception cref="InvalidDataException">It is no whole safetensors file.</exception>
    internal static Finding Of(string path)
    {
        IReadOnlyList<TensorEntry> entries = Safetensors.Entries(path);
        Fact[] held =
        [
            new("tensors", entries.Count),
            new("values", entries.Sum(entry => entry.Shape.Aggregate(1L, (product, size) => product * size))),
            new("dtype", entries.Select(entry => entry.Dtype).Distinct()),
        ];
        return
            entries.FirstOrDefault(entry => entry.Name == Losses) is { Shape: [var steps] }
            && entries.Any(entry => entry.Name.StartsWith(OfOptimizer, StringComparison.Ordinal))
            ? new Finding(
                "training state",
                [
                    new Fact("steps taken", steps),
                    new Fact(
                        "use",
                        "the run that wrote it goes on from it when it is started again; it is no model and no adapter"
                    ),
                    .. held,
                ],
                []
            )
            : new Finding("weights", [.. held], []);
    }
}
