using System.Text.Json;

namespace CircuitPipeline.TorchTests.Models.Families;

/// <summary>How a folder of a model is written.</summary>
internal sealed record FolderOptions
{
    /// <summary>F64, F32, F16 or BF16.</summary>
    internal string Type { get; init; } = "F64";

    /// <summary>More than 1 gives shards and their index.</summary>
    internal int Shards { get; init; } = 1;

    internal bool HasPrefix { get; init; } = true;

    /// <summary>Masks and frequencies that older versions stored, of several element types.</summary>
    internal bool HasBuffers { get; init; }

    /// <summary>Which name of its one matrix a tied model stores.</summary>
    internal TiedNames TiedNames { get; init; }
}

internal enum TiedNames
{
    Embedding,
    Unembedding,
    Both,
}

/// <summary>A model in a folder as it is downloaded, written without any code of the product.</summary>
internal sealed class FamilyFolder : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly JsonDocument _json;
    private readonly Dictionary<string, PlainTensor> _tensors;

    internal FamilyFolder(string config, FolderOptions? options = null, int seed = 1)
    {
        options ??= new();
        _json = JsonDocument.Parse(config);
        Config = PlainConfig.Read(_json.RootElement);
        _tensors = FamilyTensors
            .Draw(Config, seed)
            .SelectMany(pair => Named(pair.Key, options).Select(name => (name, Stored(pair.Value, options.Type))))
            .ToDictionary();

        File.WriteAllText(_folder.File("config.json"), config);
        Dictionary<string, (string, int[], byte[])> buffers = options.HasBuffers ? FamilyBuffers.Of(Config) : [];
        if (options.Shards == 1)
        {
            PlainSafetensors.Write(_folder.File("model.safetensors"), _tensors, options.Type, buffers);
            return;
        }

        WriteShards(options, buffers);
    }

    internal string Path => _folder.Path;

    internal PlainConfig Config { get; }

    internal IReadOnlyDictionary<string, PlainTensor> Tensors => _tensors;

    public void Dispose()
    {
        _json.Dispose();
        _folder.Dispose();
    }

    /// <summary>The logits of the plain implementation, [pos][vocab].</summary>
    internal double[][] Logits(params long[] tokens) => PlainDecoder.Logits(_json.RootElement, _tensors, tokens);

    private static PlainTensor Stored(PlainTensor tensor, string type) =>
        tensor with
        {
            Values = [.. tensor.Values.Select(value => PlainSafetensors.Stored(value, type))],
        };

    private string[] Named(string name, FolderOptions options)
    {
        PlainNames names = PlainNames.Of(Config.Family);
        string prefix = names.Prefixes[0];
        string shown =
            !options.HasPrefix && name.StartsWith(prefix, StringComparison.Ordinal) ? name[prefix.Length..] : name;
        if (!Config.Tied || name != $"{prefix}{names.Embedding}.weight")
        {
            return [shown];
        }

        return options.TiedNames switch
        {
            TiedNames.Embedding => [shown],
            TiedNames.Unembedding => [$"{names.Unembedding}.weight"],
            _ => [shown, $"{names.Unembedding}.weight"],
        };
    }

    private void WriteShards(FolderOptions options, Dictionary<string, (string, int[], byte[])> buffers)
    {
        Dictionary<string, string> map = [];
        int size = (_tensors.Count + options.Shards - 1) / options.Shards;
        foreach ((int index, KeyValuePair<string, PlainTensor>[] part) in _tensors.Chunk(size).Index())
        {
            string file = $"model-{index + 1:D5}-of-{options.Shards:D5}.safetensors";
            Dictionary<string, (string, int[], byte[])> extra = index == 0 ? buffers : [];
            PlainSafetensors.Write(_folder.File(file), part.ToDictionary(), options.Type, extra);
            foreach (string name in part.Select(pair => pair.Key).Concat(extra.Keys))
            {
                map[name] = file;
            }
        }

        File.WriteAllText(
            _folder.File("model.safetensors.index.json"),
            JsonSerializer.Serialize(new { metadata = new { total_size = 0 }, weight_map = map })
        );
    }
}
