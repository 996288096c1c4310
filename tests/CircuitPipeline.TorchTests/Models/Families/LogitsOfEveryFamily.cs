using CircuitPipeline.Models;
using CircuitPipeline.Models.Checkpoints;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace CircuitPipeline.TorchTests.Models.Families;

/// <summary>The product's models against the plain implementation, from a folder as it is downloaded to the logits.</summary>
public sealed class LogitsOfEveryFamily
{
    private static readonly string[] Types = ["F32", "F16", "BF16"];

    public static TheoryData<string> Cases => [.. FamilyCases.All.Keys];

    public static TheoryData<string> TiedCases =>
        [.. FamilyCases.All.Where(pair => PlainConfig.Parse(pair.Value).Tied).Select(pair => pair.Key)];

    public static TheoryData<string> PublishedCases => [.. FamilyCases.Published];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Equal_the_plain_implementation_in_float64(string name) =>
        MustAgree(FamilyCases.All[name], new(), float64, 1e-10);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Equal_the_plain_implementation_in_float32(string name) =>
        MustAgree(FamilyCases.All[name], new(), float32, 1e-4);

    [Theory]
    [MemberData(nameof(PublishedCases))]
    public void Come_from_weights_of_every_element_type(string name) =>
        Assert.All(Types, type => MustAgree(FamilyCases.All[name], new() { Type = type }, float64, 1e-10));

    [Theory]
    [MemberData(nameof(PublishedCases))]
    public void Come_from_shards(string name) =>
        MustAgree(FamilyCases.All[name], new() { Shards = 3, Type = "F32" }, float64, 1e-10);

    [Theory]
    [MemberData(nameof(PublishedCases))]
    public void Come_from_names_without_the_prefix_of_the_body(string name) =>
        MustAgree(FamilyCases.All[name], new() { HasPrefix = false }, float64, 1e-10);

    [Theory]
    [MemberData(nameof(PublishedCases))]
    public void Do_not_depend_on_stored_masks_and_frequencies(string name) =>
        MustAgree(FamilyCases.All[name], new() { HasBuffers = true }, float64, 1e-10);

    [Theory]
    [MemberData(nameof(TiedCases))]
    public void Of_a_tied_model_come_from_either_name_of_its_matrix(string name)
    {
        TiedNames[] stored = [TiedNames.Unembedding, TiedNames.Both];

        Assert.All(stored, names => MustAgree(FamilyCases.All[name], new() { TiedNames = names }, float64, 1e-10));
    }

    private static void MustAgree(string config, FolderOptions options, ScalarType type, double tolerance)
    {
        using FamilyFolder folder = new(config, options);
        using Transformer model = Checkpoint.Load(folder.Path, type, CPU);

        foreach (long[] prompt in FamilyCases.Prompts(folder.Config.Vocab))
        {
            double[] expected = [.. folder.Logits(prompt).SelectMany(row => row)];
            double[] found = LogitsOf(model, prompt);

            Assert.Equal(expected.Length, found.Length);
            Assert.All(
                expected.Zip(found),
                pair =>
                    Assert.InRange(Math.Abs(pair.First - pair.Second), 0, tolerance * Math.Max(1, Math.Abs(pair.First)))
            );
        }
    }

    private static double[] LogitsOf(Transformer model, long[] prompt)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor tokens = tensor(prompt, [1, prompt.Length]);
        return model.forward(tokens).to(float64).contiguous().data<double>().ToArray();
    }
}
