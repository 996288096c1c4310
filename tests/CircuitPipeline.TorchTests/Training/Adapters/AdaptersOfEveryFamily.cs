using CircuitPipeline.Training.Adapters;
using Xunit;
using Xunit.Abstractions;
using static TorchSharp.torch;
using Transformer = CircuitPipeline.Models.Transformer;

namespace CircuitPipeline.TorchTests.Training.Adapters;

/// <summary>Every method in every family, merged and beside the weights, against the papers' formulas on a plain implementation.</summary>
public sealed class AdaptersOfEveryFamily(ITestOutputHelper output)
{
    internal static readonly string[] Families =
    [
        "neox-defaults",
        "gpt2-defaults",
        "neo-windows",
        "opt-defaults",
        "llama-grouped",
        "llama-mlp-biases",
        "mistral-window",
        "qwen2-grouped",
        "qwen3-narrow-heads",
        "gemma2-attention-biases",
        "olmo2-attention-biases",
    ];

    public static TheoryData<string> Methods => [.. PlainMethods.All.Keys];

    public static TheoryData<string> NamesOfFamilies => [.. Families];

    [Theory]
    [MemberData(nameof(Methods))]
    public void Give_the_formulas_logits_in_float64(string method) => MustAgree(method, float64, 1e-10);

    [Theory]
    [MemberData(nameof(Methods))]
    public void Give_the_formulas_logits_in_float32(string method) => MustAgree(method, float32, 1e-4);

    [Theory]
    [MemberData(nameof(NamesOfFamilies))]
    public void Mean_the_same_whatever_fan_in_fan_out_says(string family)
    {
        foreach (bool isTurned in (bool[])[true, false])
        {
            using AdapterCase one = new(family, "dora", change: plain => plain.Config["fan_in_fan_out"] = isTurned);
            using Transformer model = one.Model(float64);
            one.Opened.MergeInto(model);

            Assert.InRange(one.Distance(model), 0, 1e-10);
        }
    }

    [Theory]
    [MemberData(nameof(NamesOfFamilies))]
    public void Of_bare_models_go_by_the_shorter_names(string family)
    {
        using AdapterCase one = new(family, "rslora-patterns");
        string body = one.Plain.Maps[0][..(one.Plain.Maps[0].LastIndexOf(".0.", StringComparison.Ordinal) + 1)];
        string prefix = body[..(body.TrimEnd('.').LastIndexOf('.') + 1)]; // without the list of blocks
        foreach (string missing in (string[])[prefix, prefix[..(prefix.IndexOf('.') + 1)]])
        {
            one.Plain.Save(
                one.Folder,
                rename: name =>
                    name.Replace($"base_model.model.{missing}", "base_model.model.", StringComparison.Ordinal)
            );
            using Transformer model = one.Model(float64);

            one.Opened.MergeInto(model);

            Assert.InRange(one.Distance(model), 0, 1e-10);
        }
    }

    private void MustAgree(string method, ScalarType type, double tolerance)
    {
        foreach (string family in Families)
        {
            using AdapterCase one = new(family, method, type == float64 ? "F64" : "F32");
            using Transformer model = one.Model(type);
            (long[] prompt, double[] expected) = one.Expected().Last();
            double[] before = AdapterCase.Logits(model, prompt);
            (double beside, double merged, double between) = (0, 0, 0);
            double[] besideLogits;
            using (AttachedAdapter attached = one.Opened.AttachTo(model))
            {
                beside = one.Distance(model);
                besideLogits = AdapterCase.Logits(model, prompt);
            }

            Assert.Equal(before, AdapterCase.Logits(model, prompt));
            one.Opened.MergeInto(model);
            merged = one.Distance(model);
            between = AdapterCase.Distance(besideLogits, AdapterCase.Logits(model, prompt));
            output.WriteLine($"{type} {method} {family}: beside {beside:E1}, merged {merged:E1}, between {between:E1}");

            Assert.True(
                AdapterCase.Distance(expected, before) > 1e-2,
                $"{family}: the adapter changes too little to see."
            );
            Assert.InRange(beside, 0, tolerance);
            Assert.InRange(merged, 0, tolerance);
            Assert.InRange(between, 0, tolerance);
        }
    }
}
