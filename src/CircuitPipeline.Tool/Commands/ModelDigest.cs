using System.Security.Cryptography;
using System.Text;
using CircuitPipeline.Circuits.Adapters;
using CircuitPipeline.Circuits.Scores;
using CircuitPipeline.Hub;
using CircuitPipeline.Models.Checkpoints;
using CircuitPipeline.Tool.CommandLine;
using CircuitPipeline.Training.Adapters;

namespace CircuitPipeline.Tool.Commands;

/// <summary>One digest for the files of a model or an adapter, by their bytes and names alone: a copy elsewhere has the same.</summary>
/// <remarks>It is what <c>sha256sum config.json model*.safetensors | sha256sum</c> prints, where these are all files of weights.</remarks>
internal static class ModelDigest
{
    private const int Block = 1 << 20;

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
                file => options.Hub?.Sha256Of(file),
                cancellation
            )
        )
        {
            Id = options.Hub?.Id.Name,
            Commit = options.Hub?.Commit,
            IgnoredKeys = ignored?.Keys ?? [],
            IgnoredTensors = ignored?.Tensors ?? [],
            Adapter = options.Adapter is { } adapter ? OriginOf(adapter, cancellation) : null,
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
            string digest = known(file) ?? Sha256(Path.Combine(folder, file), cancellation);
            lines.Append(digest).Append("  ").Append(file).Append('\n');
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(lines.ToString())));
    }

    private static string Sha256(string path, CancellationToken cancellation)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 0);
        byte[] block = new byte[Block];
        for (int read; (read = file.Read(block)) > 0; hash.AppendData(block, 0, read))
        {
            cancellation.ThrowIfCancellationRequested();
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
