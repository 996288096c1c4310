using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CircuitPipeline.TorchTests.Models.Families;

namespace CircuitPipeline.TorchTests.Training.Adapters;

/// <summary>
/// A random adapter of a model: the files that PEFT would write of it, and the weights that it makes of the model's by the
/// papers' formulas, all written without any code of the product.
/// </summary>
internal sealed class PlainAdapter
{
    private readonly Random _random;
    private readonly PlainConfig _model;
    private readonly bool _isTurned;

    internal PlainAdapter(string method, PlainConfig model, IReadOnlyDictionary<string, PlainTensor> weights, int seed)
    {
        (_random, _model) = (new Random(seed), model);
        _isTurned = model.Family == "gpt2";
        Merged = new(weights);
        Maps =
        [
            .. weights
                .Where(pair => pair.Value.Shape.Length == 2 && Regex.IsMatch(pair.Key, @"\.(layers|h)\.\d+\."))
                .Select(pair => pair.Key[..^".weight".Length]),
        ];
        Config = new JsonObject
        {
            ["task_type"] = "CAUSAL_LM",
            ["base_model_name_or_path"] = "somebody/base",
            ["revision"] = null,
            ["inference_mode"] = true,
            ["peft_version"] = "0.18.0",
            ["modules_to_save"] = null,
            ["fan_in_fan_out"] = _isTurned,
            ["target_modules"] = new JsonArray([.. Maps.Select(Last).Distinct().Select(name => (JsonNode)name)]),
        };
        PlainMethods.All[method](this);
    }

    internal JsonObject Config { get; }

    /// <summary>The model's linear maps in blocks, such as <c>transformer.h.0.attn.c_attn</c>.</summary>
    internal IReadOnlyList<string> Maps { get; }

    internal Dictionary<string, PlainTensor> Tensors { get; } = [];

    /// <summary>The model's weights with the adapter in them.</summary>
    internal Dictionary<string, PlainTensor> Merged { get; }

    internal int Layers => _model.Layers;

    internal static string Last(string map) => map[(map.LastIndexOf('.') + 1)..];

    internal PlainMatrix Weight(string map) => PlainMatrix.Of(Merged[$"{map}.weight"], _isTurned);

    internal void SetWeight(string map, PlainMatrix weight) => Merged[$"{map}.weight"] = weight.Stored(_isTurned);

    internal PlainMatrix Draw(int rows, int columns, double reach = 0.7) =>
        PlainMatrix.Drawn(_random, rows, columns, reach);

    internal PlainTensor DrawVector(int width, double center) =>
        new([width], [.. Enumerable.Range(0, width).Select(_ => center + 0.4 * (2 * _random.NextDouble() - 1))]);

    internal void Add(string map, string part, PlainTensor value) =>
        Tensors.Add($"base_model.model.{map}.{part}", value);

    /// <summary>Writes both files.</summary>
    /// <param name="folder">Where they go.</param>
    /// <param name="type">How the tensors are stored.</param>
    /// <param name="rename">The name of a tensor in the file.</param>
    internal void Save(string folder, string type = "F64", Func<string, string>? rename = null)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "adapter_config.json"), Config.ToJsonString());
        PlainSafetensors.Write(
            Path.Combine(folder, "adapter_model.safetensors"),
            Tensors.ToDictionary(pair => rename?.Invoke(pair.Key) ?? pair.Key, pair => pair.Value),
            type
        );
    }
}
