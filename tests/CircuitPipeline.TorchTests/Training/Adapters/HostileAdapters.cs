using CircuitPipeline.Circuits.Config;
using CircuitPipeline.Testing;
using CircuitPipeline.Training.Adapters;
using Xunit;
using static TorchSharp.torch;
using Transformer = CircuitPipeline.Models.Transformer;

namespace CircuitPipeline.TorchTests.Training.Adapters;

/// <summary>Damaged folders: each is read, or refused in one sentence, and nothing crashes or hangs.</summary>
public sealed class HostileAdapters
{
    private static readonly string[] Methods = ["lora-all-biases", "dora", "adalora-whole", "ia3", "circuit-lora"];

    public static TheoryData<string> Names => ["lora-all-biases", "adalora-whole"];

    [Theory]
    [MemberData(nameof(Names))]
    public void With_damaged_weights_are_merged_or_refused(string method) =>
        Damage(method, PeftFolder.WeightsFile, seed: 5);

    [Theory]
    [MemberData(nameof(Names))]
    public void With_a_damaged_configuration_are_merged_or_refused(string method) =>
        Damage(method, "adapter_config.json", seed: 6);

    [Slow]
    [Fact]
    public void In_ten_thousand_forms_are_merged_or_refused()
    {
        foreach (int seed in Enumerable.Range(100, 2))
        {
            foreach (string method in Methods)
            {
                Damage(method, PeftFolder.WeightsFile, seed);
                Damage(method, "adapter_config.json", seed);
            }
        }
    }

    private static void Damage(string method, string file, int seed)
    {
        using AdapterCase one = new("neox-defaults", method, "F32");
        using Transformer model = one.Model(float32);
        TransformerConfig shape = model.Config;
        Hostile.Refuses<InvalidDataException>(
            File.ReadAllBytes(one.File(file)),
            seed,
            damaged =>
            {
                File.WriteAllBytes(one.File(file), damaged);
                _ = one.Opened.ModulesOf(shape);
                one.Opened.AttachTo(model).Dispose();
            }
        );
    }
}
