using System.Text;
using CircuitPipeline.Circuits.Adapters;
using CircuitPipeline.Circuits.Scores;
using CircuitPipeline.Hub;
using CircuitPipeline.Models.Checkpoints;
using CircuitPipeline.Pipeline.Store;
using CircuitPipeline.Tool.CommandLine;
using CircuitPipeline.Training.Adapters;

namespace CircuitPipeline.Tool.Commands;

/// <summary>One digest for the files of a model or an adapter, by their bytes and names alone: a copy elsewhere has the same.</summary>
/// <remarks>It is what <c>sha256sum config.json model*.safetensors | sha256sum</c> prints, where these are all files of weights.</remarks>
internal static class ModelDigest
{
    /// <summary>Which model a command line names, for a file of scores.</summary>
    /// <param name="options">The model.</param>
    /// <param name="ignored">What was passed over; null for nothing.</param>
    /// <param name="cancellation">Stops it.</param>
    internal static ModelOrigin OriginOf(
        ModelRunOptions options,
        IgnoredNames? ignored,
        CancellationToken cancellation
    ) =>
        new(
            Of(
                options.Model,
                [Checkpoint.ConfigFile, .. CheckpointContents.Of(options.Model).Files],
                // A blob's name in the Hub's cache is the digest already, and 3 GB need not be read for it.
                file => options.Place.Hub?.Sha256Of(file),
                cancellation
            )
        )
        {
            Id = options.Place.Hub?.Id.Name,
            Commit = options.Place.Hub?.Commit,
            IgnoredKeys = ignored?.Keys ?? [],
            IgnoredTensors = ignored?.Tensors ?? [],
            Adapter = options.Place.Adapter is { } adapter ? OriginOf(adapter, cancellation) : null,
        };

    /// <summary>Which adapter a command line names, for a file of scores.</summary>
    /// <param name="adapter">The adapter.</param>
    /// <param name="cancellation">Stops it.</param>
    internal static AdapterOrigin OriginOf(AdapterPlace adapter, CancellationToken cancellation) =>
        new(
            adapter.Hub is { } hub ? $"{hub.Id.Name}@{hub.Commit}" : adapter.Folder,
            Of(
                adapter.Folder,
                [PeftAdapterConfig.FileName, PeftFolder.WeightsFile],
                file => adapter.Hub?.Sha256Of(file),
                cancellation
            ),
            PeftFolder.Open(adapter.Folder).Config.MethodName
        );

    /// <summary>The digest of some files of a folder: the SHA-256 of the lines that <c>sha256sum</c> prints of them.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="files">Their names.</param>
    /// <param name="known">The SHA-256 of a file where it is known already; null where it has to be read.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>64 hexadecimal digits.</returns>
    internal static string Of(
        string folder,
        IEnumerable<string> files,
        Func<string, string?> known,
        CancellationToken cancellation
    )
    {
        StringBuilder lines = new();
        foreach (string file in files.Order(StringComparer.Ordinal))
        {
            string digest = known(file) ?? Digest.OfFile(Path.Combine(folder, file), cancellation).ToString();
            lines.Append(digest).Append("  ").Append(file).Append('\n');
        }

        return Digest.OfText(lines.ToString()).ToString();
    }
}
