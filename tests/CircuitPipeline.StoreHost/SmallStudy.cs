using CircuitPipeline.Pipeline.Store;

namespace CircuitPipeline.StoreHost;

/// <summary>A small DAG of work items, corpus -> six models -> report; the same round always gives the same bytes.</summary>
public sealed class SmallStudy(ArtifactStore store, string study, int round)
{
    private const int Models = 6;

    public const int Items = Models + 2;

    public static ItemKey FirstKey(int round) => Key("corpus", round, []);

    /// <summary>Runs what is not stored; a line per item: "ran STAGE KEY" or "cached STAGE KEY".</summary>
    public IEnumerable<string> Run()
    {
        ItemRecord corpus = Make(FirstKey(round), out string line);
        yield return line;
        List<ItemRecord> models = new();
        for (int seed = 0; seed < Models; seed++)
        {
            models.Add(Make(Key($"model-{seed}", round, [corpus]), out line));
            yield return line;
        }
        _ = Make(Key("report", round, models), out line);
        yield return line;
    }

    private static ItemKey Key(string stage, int round, IEnumerable<ItemRecord> inputs) =>
        ItemKey.Of(
            stage,
            "only",
            inputs
                .SelectMany(input => input.Outputs.Select(file => (input.Key.Stage, File: file)))
                .Select(input =>
                    KeyValuePair.Create($"input.{input.Stage}/only/{input.File.Name}", input.File.Digest.ToString())
                )
                .Append(KeyValuePair.Create("spec.round", $"{round}"))
        );

    private ItemRecord Make(ItemKey key, out string line)
    {
        line = $"cached {key.Stage} {key.Digest}";
        if (store.Decide(key, study) is Decision.Cached cached)
        {
            return cached.Record;
        }

        using ItemWorkspace workspace = store.Begin(key, study);
        if (workspace.Published is { } published)
        {
            return published;
        }

        line = $"ran {key.Stage} {key.Digest}";
        WriteOutputs(key, workspace.Folder);
        return store.Publish(workspace, new Dictionary<string, string> { ["made.by"] = study });
    }

    private static void WriteOutputs(ItemKey key, string folder)
    {
        byte[] bytes = new byte[48 * 1024];
        new Random(BitConverter.ToInt32(Convert.FromHexString(key.Digest.ToString()))).NextBytes(bytes);
        Directory.CreateDirectory(Path.Combine(folder, "tables"));
        File.WriteAllBytes(Path.Combine(folder, "weights.bin"), bytes);
        File.WriteAllText(Path.Combine(folder, "tables", "scores.csv"), $"round,stage\n{key}\n");
        File.WriteAllText(Path.Combine(folder, "shared.txt"), "the same bytes in every item\n");
    }
}
