using System.Text.Json;
using System.Text.Json.Nodes;
using CircuitPipeline.Circuits.Config;
using CircuitPipeline.Circuits.Graph;
using CircuitPipeline.Models.Checkpoints;
using CircuitPipeline.Testing;
using CircuitPipeline.Tool.Commands;
using CircuitPipeline.Tool.Inspection;
using CircuitPipeline.TorchTests.Models.Families;
using TorchSharp;
using Xunit;

namespace CircuitPipeline.TorchTests.ToolFront;

/// <summary><c>inspect</c> of a model's folder, of every family, without its weights being read.</summary>
public sealed class InspectedModels
{
    private static readonly string[] WithoutEdges =
    [
        "olmo2-grouped",
        "olmo2-wide-heads",
        "olmo2-attention-biases",
        "published-olmo2",
        "gemma2-attention-biases",
    ];

    public static TheoryData<string> Cases => [.. FamilyCases.All.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Of_every_family_are_refused_only_for_edges_that_are_not_defined(string name)
    {
        using FamilyFolder folder = new(FamilyCases.All[name], new() { HasBuffers = true, HasPrefix = false });

        Finding found = ModelInspection.Of(folder.Path, IgnoredParts.None)!;

        Assert.Equal("model", found.Kind);
        Assert.Equal(folder.Config.Family, Value(found, "family"));
        Assert.Equal(folder.Tensors.Values.Sum(tensor => (long)tensor.Values.Length), Value(found, "parameters"));
        Assert.Equal(new ComputationGraph(HuggingFaceConfig.Read(folder.Path)).EdgeCount, Value(found, "graph edges"));
        if (WithoutEdges.Contains(name))
        {
            Assert.EndsWith("refuse the model.", Assert.Single(found.Refused));
        }
        else
        {
            Assert.Empty(found.Refused);
        }
    }

    [Fact]
    public void Say_heads_window_caps_and_norms()
    {
        using FamilyFolder folder = new(FamilyCases.All["published-gemma2"]);

        ToolRun run = ToolRun.In(folder.Path, "inspect", ".");

        string[] lines = [.. run.Output.Split('\n').Select(line => line.Trim())];
        Assert.Contains("window: 4 tokens in 1 of 2 layers", lines);
        Assert.Contains("attention soft cap: 50", lines);
        Assert.Contains("logit soft cap: 30", lines);
        Assert.Contains("norms: RMSNorm before and after attention and MLP", lines);
        Assert.Contains("unembedding: tied to the embedding", lines);
        Assert.Contains("dtype: F64", lines);
    }

    [Fact]
    public void Have_their_numbers_in_json()
    {
        using FamilyFolder folder = new(FamilyCases.All["published-qwen3"]);

        JsonElement facts = ToolRun.In(folder.Path, "inspect", ".", "--json").Json.GetProperty("facts");

        Assert.Equal(folder.Config.Heads, facts.GetProperty("heads").GetInt32());
        Assert.Equal(folder.Config.KeyValueHeads, facts.GetProperty("key-value_heads").GetInt32());
        Assert.Equal(6, facts.GetProperty("head_width").GetInt32());
        Assert.EndsWith("and of each head's query and key", facts.GetProperty("norms").GetString());
    }

    [Fact]
    public void Name_tensors_that_have_no_place_and_those_that_are_missing()
    {
        using FamilyFolder folder = new(FamilyCases.All["published-llama"]);
        Dictionary<string, PlainTensor> tensors = new(folder.Tensors) { ["v_head.weight"] = new([1], [1]) };
        tensors.Remove("model.norm.weight");
        PlainSafetensors.Write(Path.Combine(folder.Path, "model.safetensors"), tensors, "F32");

        Finding found = ModelInspection.Of(folder.Path, IgnoredParts.None)!;

        Assert.Equal(2, found.Refused.Length);
        Assert.Contains("tensor 'v_head.weight' has no place in a Llama model of 2 layers", found.Refused[0]);
        Assert.EndsWith("tensor 'model.norm.weight' of the configuration is missing.", found.Refused[1]);
        Assert.Single(ModelInspection.Of(folder.Path, new([], ["v_head*"]))!.Refused);
    }

    [Theory]
    [InlineData("published-llama", "model.layers.0.self_attn.q_proj.weight", "F32", "has shape [")]
    [InlineData("published-gpt2", "transformer.h.0.attn.c_attn.weight", "F32", "has shape [")]
    [InlineData(
        "published-llama",
        "model.layers.1.mlp.up_proj.weight",
        "U8",
        "is stored as U8, as quantized weights are"
    )]
    [InlineData(
        "published-llama",
        "model.layers.1.mlp.up_proj.weight",
        "I8",
        "is stored as I8, as quantized weights are"
    )]
    [InlineData(
        "published-llama",
        "model.norm.weight",
        "I64",
        "is stored as I64, but weights are F64, F32, F16 or BF16."
    )]
    public void Say_what_the_loader_says(string name, string tensor, string dtype, string reason)
    {
        using FamilyFolder folder = new(FamilyCases.All[name]);
        string file = Path.Combine(folder.Path, "model.safetensors");
        Dictionary<string, PlainTensor> tensors = new(folder.Tensors);
        int[] shape = tensors[tensor].Shape;
        shape = dtype == "F32" ? [shape[0] + 1, .. shape[1..]] : shape;
        int width = dtype switch
        {
            "F32" => 4,
            "I64" => 8,
            _ => 1,
        };
        tensors.Remove(tensor);
        byte[] bytes = new byte[width * shape.Aggregate(1, (product, size) => product * size)];
        PlainSafetensors.Write(
            file,
            tensors,
            "F32",
            new Dictionary<string, (string, int[], byte[])> { [tensor] = (dtype, shape, bytes) }
        );

        string sentence = Assert.Single(ModelInspection.Of(folder.Path, IgnoredParts.None)!.Refused);

        Assert.Contains(reason, sentence);
        InvalidDataException error = Assert.Throws<InvalidDataException>(() =>
            Checkpoint.Load(folder.Path, torch.float32, torch.CPU)
        );
        Assert.Equal(sentence, error.Message);
    }

    [Fact]
    public void Name_keys_that_are_not_known()
    {
        using FamilyFolder folder = new(FamilyCases.All["published-llama"]);
        JsonObject config = JsonNode.Parse(File.ReadAllText(Path.Combine(folder.Path, "config.json")))!.AsObject();
        config["new_part"] = 1;
        File.WriteAllText(Path.Combine(folder.Path, "config.json"), config.ToJsonString());

        Assert.Contains("'new_part'", Assert.Single(ModelInspection.Of(folder.Path, IgnoredParts.None)!.Refused));
        Assert.Empty(ModelInspection.Of(folder.Path, new(["new_part"], []))!.Refused);
    }

    [Fact]
    public void Of_pickles_say_what_converts_them()
    {
        using FamilyFolder folder = new(FamilyCases.All["published-opt"]);
        File.Move(Path.Combine(folder.Path, "model.safetensors"), Path.Combine(folder.Path, "pytorch_model.bin"));

        Finding found = ModelInspection.Of(folder.Path, IgnoredParts.None)!;

        Assert.Contains("save_pretrained", Assert.Single(found.Refused));
        Assert.Equal("opt", Value(found, "family"));
    }

    private static object Value(Finding found, string name) => found.Facts.Single(fact => fact.Name == name).Value;
}
