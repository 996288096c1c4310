using System.Text.Json;
using CircuitPipeline.Models;
using CircuitPipeline.Models.Checkpoints;
using CircuitPipeline.Testing;
using TorchSharp;
using Xunit;

namespace CircuitPipeline.TorchTests.Models;

public sealed class OracleLogits
{
    [Theory]
    [InlineData("neox", "clean")]
    [InlineData("neox", "corrupted")]
    [InlineData("gpt2", "clean")]
    [InlineData("gpt2", "corrupted")]
    public void Equal_the_reference_implementation_in_float64(string family, string side)
    {
        string folder = OracleFolder.File("models", family);
        using Transformer model = Checkpoint.Load(folder, torch.float64, torch.CPU);
        using JsonDocument data = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "data.json")));
        using JsonDocument reference = JsonDocument.Parse(
            File.ReadAllText(OracleFolder.File($"ref_{family}_new_float64.json"))
        );
        long[][] prompts = [.. data.RootElement.GetProperty("main").EnumerateArray().Select(row => Ids(row, side))];
        double[] expected = Numbers(reference.RootElement.GetProperty("logits_last_position").GetProperty(side));

        using torch.Tensor tokens = torch.tensor([.. prompts.SelectMany(ids => ids)], [prompts.Length, 8]);
        double[] logits = model.forward(tokens).select(1, 7).data<double>().ToArray();

        Assert.Equal(16 * 64, logits.Length);
        Assert.All(logits.Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 1e-12));
    }

    private static long[] Ids(JsonElement row, string side) =>
        [.. row.GetProperty(side).EnumerateArray().Select(id => id.GetInt64())];

    private static double[] Numbers(JsonElement rows) =>
        [.. rows.EnumerateArray().SelectMany(row => row.EnumerateArray()).Select(number => number.GetDouble())];
}
