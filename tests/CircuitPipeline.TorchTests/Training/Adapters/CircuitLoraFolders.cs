using System.Text.Json.Nodes;
using CircuitPipeline.Circuits.Config;
using CircuitPipeline.Models.Checkpoints;
using CircuitPipeline.Training.Adapters;
using Xunit;
using static TorchSharp.torch;
using Transformer = CircuitPipeline.Models.Transformer;

namespace CircuitPipeline.TorchTests.Training.Adapters;

/// <summary>The files of CircuitLoRA's authors, as PEFT's.</summary>
public sealed class CircuitLoraFolders
{
    [Theory]
    [InlineData("neox-defaults")]
    [InlineData("gpt2-defaults")]
    [InlineData("llama-grouped")]
    public void Give_the_same_logits_when_they_are_converted(string family)
    {
        using AdapterCase one = new(family, "circuit-lora");
        string folder = one.File("converted");

        CircuitLoraFolder.Convert(one.Opened, HuggingFaceConfig.Read(one.BaseFolder), "some/base", "abc", folder);

        PeftFolder converted = PeftFolder.Open(folder);
        using Transformer model = one.Model(float64);
        converted.MergeInto(model);
        Assert.InRange(one.Distance(model), 0, 1e-10);
        Assert.Equal(("LoRA", "some/base"), (converted.Config.MethodName, converted.Config.BaseModel));
        Assert.Equal("abc", converted.Config.Revision);
    }

    [Fact]
    public void Have_pefts_names_and_one_entry_for_each_critical_module()
    {
        using AdapterCase one = new("neox-defaults", "circuit-lora");
        string folder = one.File("converted");

        CircuitLoraFolder.Convert(one.Opened, HuggingFaceConfig.Read(one.BaseFolder), "some/base", null, folder);

        JsonNode config = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "adapter_config.json")))!;
        Assert.Equal((2, 7.0), ((int)config["r"]!, (double)config["lora_alpha"]!));
        Assert.Equal(4, config["rank_pattern"]!.AsObject().Count);
        Assert.Equal(5, (int)config["rank_pattern"]![@"^gpt_neox\.layers\.1\.attention\.dense"]!);
        Assert.Equal(9, (double)config["alpha_pattern"]![@"^gpt_neox\.layers\.1\.attention\.dense"]!);
        Assert.Equal(
            [
                "base_model.model.gpt_neox.layers.1.attention.dense.lora_A.weight",
                "base_model.model.gpt_neox.layers.1.attention.dense.lora_B.weight",
            ],
            Safetensors
                .Entries(Path.Combine(folder, PeftFolder.WeightsFile))
                .Select(entry => entry.Name)
                .Where(name => name.Contains("layers.1.attention.dense", StringComparison.Ordinal))
        );
    }

    [Fact]
    public void That_are_pefts_already_are_not_converted()
    {
        using AdapterCase one = new("neox-defaults", "lora");

        InvalidDataException refusal = Assert.Throws<InvalidDataException>(() =>
            CircuitLoraFolder.Convert(
                one.Opened,
                HuggingFaceConfig.Read(one.BaseFolder),
                "base",
                null,
                one.File("converted")
            )
        );

        Assert.EndsWith("this is an adapter of LoRA in PEFT's form already; use it as it is.", refusal.Message);
    }
}
