using System.Buffers.Binary;
using System.Text.Json;
using CircuitPipeline.Models;
using CircuitPipeline.Models.Checkpoints;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace CircuitPipeline.TorchTests.Models.Families;

/// <summary>A model that is loaded and saved is the same model, in its family's own layout and in every element type.</summary>
public sealed class SavedFamilies
{
    private static readonly Dictionary<string, ScalarType> Types = new()
    {
        ["F64"] = float64,
        ["F32"] = float32,
        ["BF16"] = bfloat16,
        ["F16"] = float16,
    };

    public static TheoryData<string> Cases => [.. FamilyCases.All.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Have_the_same_bytes_per_tensor_and_the_same_logits(string name) =>
        Assert.All(Types, type => MustBeTheSame(FamilyCases.All[name], type.Key, type.Value));

    private static void MustBeTheSame(string config, string stored, ScalarType type)
    {
        using FamilyFolder folder = new(config, new() { Type = stored });
        using TemporaryFolder saved = new();
        using Transformer model = Checkpoint.Load(folder.Path, type, CPU);

        Checkpoint.Save(model, saved.File(Checkpoint.WeightsFile), saved.File(Checkpoint.ConfigFile));

        Dictionary<string, string> before = Contents(Path.Combine(folder.Path, Checkpoint.WeightsFile));
        Dictionary<string, string> after = Contents(saved.File(Checkpoint.WeightsFile));
        Assert.Equal(before.Keys.Order(StringComparer.Ordinal), after.Keys.Order(StringComparer.Ordinal));
        Assert.All(before, tensor => Assert.Equal(tensor.Value, after[tensor.Key]));
        using Transformer again = Checkpoint.Load(saved.Path, type, CPU);
        Assert.Equal(model.Config, again.Config);
        Assert.Equal(LogitsOf(model), LogitsOf(again));
    }

    // Element type, shape and bytes by name.
    private static Dictionary<string, string> Contents(string path)
    {
        byte[] file = File.ReadAllBytes(path);
        int start = 8 + (int)BinaryPrimitives.ReadInt64LittleEndian(file);
        using JsonDocument table = JsonDocument.Parse(file.AsMemory(8, start - 8));
        return table
            .RootElement.EnumerateObject()
            .Where(entry => entry.Name != "__metadata__")
            .ToDictionary(
                entry => entry.Name,
                entry =>
                {
                    int[] offsets =
                    [
                        .. entry.Value.GetProperty("data_offsets").EnumerateArray().Select(offset => offset.GetInt32()),
                    ];
                    string shape = string.Join(
                        ",",
                        entry.Value.GetProperty("shape").EnumerateArray().Select(size => size.GetInt32())
                    );
                    return $"{entry.Value.GetProperty("dtype").GetString()} [{shape}] {Convert.ToHexString(file, start + offsets[0], offsets[1] - offsets[0])}";
                }
            );
    }

    private static double[] LogitsOf(Transformer model)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable frozen = no_grad();
        Tensor tokens = tensor((long[])[1, 2, 3, 4, 5], [1, 5]);
        return model.forward(tokens).to(float64).contiguous().data<double>().ToArray();
    }
}
