using CircuitPipeline.Hub.Download;

namespace CircuitPipeline.Hub.Cache;

/// <summary>A model in the Hub's cache, as it was at one commit.</summary>
public sealed record HubSnapshot
{
    private static readonly string[] OtherForms =
    [
        "pytorch_model.bin",
        "pytorch_model.bin.index.json",
        "adapter_config.json",
    ];

    private readonly CacheLayout _layout;

    internal HubSnapshot(HubModelId id, string commit, CacheLayout layout) =>
        (Id, Commit, Folder, _layout) = (id, commit, layout.Snapshot(commit), layout);

    /// <summary>The model, as it was asked for.</summary>
    public HubModelId Id { get; }

    /// <summary>The commit: 40 hexadecimal digits.</summary>
    public string Commit { get; }

    /// <summary>The folder with its files.</summary>
    public string Folder { get; }

    /// <summary>Whether a file is there; a link to a blob that is gone is none.</summary>
    /// <param name="file">Its path in the repository.</param>
    public bool Has(string file) => File.Exists(Path.Combine([Folder, .. file.Split('/')]));

    /// <summary>The SHA-256 of a file as its blob's name says, which was checked when it was brought; null where the name says none.</summary>
    /// <param name="file">Its path in the repository.</param>
    /// <returns>64 hexadecimal digits; null for small files, whose blobs have Git's digest, and for copies, which have no blob.</returns>
    public string? Sha256Of(string file)
    {
        string? blob = Path.GetFileName(new FileInfo(Path.Combine([Folder, .. file.Split('/')])).LinkTarget);
        return blob is { Length: 64 } && HubModelId.IsHex(blob) ? blob : null;
    }

    /// <summary>Refuses a snapshot without a file, and says which command brings it.</summary>
    /// <param name="file">Its path in the repository.</param>
    /// <exception cref="InvalidDataException">The file is not there.</exception>
    public void MustHave(string file)
    {
        if (!Has(file))
        {
            throw new InvalidDataException(
                _layout.IsKnownMissing(Commit, file)
                    ? $"'{Id}' (commit {Commit}) has no '{file}', as the Hub's cache knows; name another model or revision."
                    : $"'{Id}' (commit {Commit}) is in the Hub's cache without '{file}'; bring it with 'dotnet circuit fetch {Id}'."
            );
        }
    }

    /// <summary>Refuses a snapshot without weights; what has them in a form that is not read is left to the reader, who says more of it.</summary>
    /// <exception cref="InvalidDataException">A file of weights is not there, or their index is damaged.</exception>
    public void MustHaveWeights()
    {
        if (Has(ModelFiles.Weights) || (!Has(ModelFiles.Index) && OtherForms.Any(Has)))
        {
            return;
        }

        if (!Has(ModelFiles.Index))
        {
            MustHave(ModelFiles.Weights);
        }

        string index = Path.Combine(Folder, ModelFiles.Index);
        foreach (string shard in ShardIndex.Read(index))
        {
            MustHave(shard);
        }
    }
}
