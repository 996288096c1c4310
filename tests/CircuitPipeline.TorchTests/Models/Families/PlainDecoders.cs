using System.Text.Json;
using CircuitPipeline.Testing;
using Xunit;

namespace CircuitPipeline.TorchTests.Models.Families;

/// <summary>The plain implementation against the reference libraries' logits, and models that are solved by hand.</summary>
public sealed class PlainDecoders
{
    public static TheoryData<string> Cases => [.. FamilyCases.All.Keys];

    [Theory]
    [InlineData("neox", "clean")]
    [InlineData("gpt2", "corrupted")]
    public void Give_the_reference_librarys_logits(string family, string side)
    {
        string folder = OracleFolder.File("models", family);
        Dictionary<string, PlainTensor> tensors = PlainSafetensors.ReadFloats(
            Path.Combine(folder, "model.safetensors")
        );
        using JsonDocument config = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "config.json")));
        using JsonDocument data = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "data.json")));
        using JsonDocument reference = JsonDocument.Parse(
            File.ReadAllText(OracleFolder.File($"ref_{family}_new_float64.json"))
        );
        JsonElement expected = reference.RootElement.GetProperty("logits_last_position").GetProperty(side);

        for (int pair = 0; pair < 4; pair++)
        {
            long[] prompt = Numbers(data.RootElement.GetProperty("main")[pair].GetProperty(side), id => id.GetInt64());
            double[] logits = PlainDecoder.Logits(config.RootElement, tensors, prompt)[^1];

            Assert.All(
                Numbers(expected[pair], logit => logit.GetDouble()).Zip(logits),
                logit => Assert.Equal(logit.First, logit.Second, 1e-12)
            );
        }
    }

    // Maps of zeros leave the embedding (1, 7), which the norm divides by 5; Gemma's weight of 1 means 2, and its scale of √2 cancels.
    [Theory]
    [InlineData("llama", "", 1.0 / 5, 7.0 / 5)]
    [InlineData("gemma2", "\"head_dim\": 2, \"num_key_value_heads\": 1,", 2.0 / 5, 14.0 / 5)]
    public void Without_attention_and_mlp_give_the_normalized_embedding(string family, string keys, double x, double y)
    {
        string text = $$"""
            {"model_type": "{{family}}", {{keys}} "vocab_size": 2, "hidden_size": 2, "num_hidden_layers": 1,
             "num_attention_heads": 1, "intermediate_size": 3, "tie_word_embeddings": false, "rms_norm_eps": 1e-20}
            """;
        Dictionary<string, PlainTensor> tensors = FamilyTensors
            .Shapes(PlainConfig.Parse(text))
            .ToDictionary(row => row.Name, row => Filled(row.Shape, row.Name.EndsWith("norm.weight") ? 1 : 0));
        tensors["model.embed_tokens.weight"] = new([2, 2], [0, 0, 1, 7]);
        tensors["lm_head.weight"] = new([2, 2], [1, 0, 0, 1]);

        using JsonDocument read = JsonDocument.Parse(text);
        double[] logits = PlainDecoder.Logits(read.RootElement, tensors, 1)[0];

        // 30 tanh(·/30) is Gemma's last step.
        double[] expected = family == "gemma2" ? [30 * Math.Tanh(x / 30), 30 * Math.Tanh(y / 30)] : [x, y];
        Assert.All(expected.Zip(logits), pair => Assert.Equal(pair.First, pair.Second, 1e-14));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Give_an_earlier_token_logits_that_no_later_one_changes(string name)
    {
        using FamilyFolder folder = new(FamilyCases.All[name]);

        double[][] first = folder.Logits(1, 2, 3, 4);
        double[][] second = folder.Logits(1, 2, 3, 5);

        Assert.Equal(first[..3], second[..3]);
        Assert.NotEqual(first[3], second[3]);
        Assert.All(first.SelectMany(row => row), logit => Assert.InRange(Math.Abs(logit), 1e-12, 100));
    }

    private static PlainTensor Filled(int[] shape, double value)
    {
        double[] values = new double[shape.Aggregate(1, (product, size) => product * size)];
        Array.Fill(values, value);
        return new(shape, values);
    }

    private static T[] Numbers<T>(JsonElement list, Func<JsonElement, T> read) =>
        [.. list.EnumerateArray().Select(read)];
}
