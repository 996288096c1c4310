using CircuitPipeline.Pipeline.Store;

namespace CircuitPipeline.Tests.PipelineStore;

/// <summary>A store in a folder of its own that goes with it.</summary>
internal sealed class TemporaryStore : IDisposable
{
    public const string StudyName = "tiny";

    public string Folder { get; } = Directory.CreateTempSubdirectory("circuitpipeline-store-").FullName;

    public string Root => Path.Combine(Folder, "store");

    /// <summary>A store that remembers nothing in memory: as the next run sees it.</summary>
    public ArtifactStore Open(ProcessIdentity? self = null) => new(Root, TimeProvider.System, self);

    public static ItemKey Key(string item = "base", params (string Name, string Value)[] components) =>
        ItemKey.Of("pretrain", item, components.Select(pair => KeyValuePair.Create(pair.Name, pair.Value)));

    public ItemRecord Make(ItemKey key, params (string Name, string Text)[] files)
    {
        ArtifactStore store = Open();
        using ItemWorkspace workspace = store.Begin(key, StudyName);
        foreach ((string name, string text) in files.Length > 0 ? files : [("model.txt", "the model")])
        {
            string path = Path.Combine(workspace.Folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }
        return store.Publish(workspace, new Dictionary<string, string> { ["host"] = "here" });
    }

    /// <summary>Why the item has to run; null when it is cached.</summary>
    public string? Reason(ItemKey key, string study = StudyName) =>
        Open().Decide(key, study) is Decision.WillRun run ? run.Reason : null;

    /// <summary>The file of this key's record.</summary>
    public string RecordPath(ItemKey key) => Path.Combine(Root, "records", key.Stage, $"{key.Digest}.json");

    /// <summary>Replaces a file of the store, read-only or not.</summary>
    public static void Overwrite(string path, byte[] bytes)
    {
        File.Delete(path);
        File.WriteAllBytes(path, bytes);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
