using CircuitPipeline.Attribution;
using CircuitPipeline.Attribution.Methods;
using CircuitPipeline.Models;
using CircuitPipeline.Models.Checkpoints;
using CircuitPipeline.Prompts.PromptPairs;
using CircuitPipeline.TorchTests.Models.Families;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace CircuitPipeline.TorchTests.Devices;

/// <summary>One model of each family, loaded to a device: its logits are those of the plain implementation, its scores those of the processor.</summary>
internal static class FamilyChecks
{
    private const double Bound = 1e-9;

    // The published Olmo 2 of the cases shares keys, so that its edges are not defined.
    private static IEnumerable<string> Scored =>
        FamilyCases.Published.Where(name => name != "published-olmo2").Append("olmo2-defaults");

    internal static void MustComputeLogits(Device device)
    {
        foreach (string name in FamilyCases.Published)
        {
            using FamilyFolder folder = new(FamilyCases.All[name]);
            using Transformer model = Checkpoint.Load(folder.Path, float64, device);
            foreach (long[] prompt in FamilyCases.Prompts(folder.Config.Vocab))
            {
                using DisposeScope scope = NewDisposeScope();
                using IDisposable frozen = no_grad();
                Tensor logits = model.forward(tensor(prompt, [1, prompt.Length], device: device));
                double[] expected = [.. folder.Logits(prompt).SelectMany(row => row)];
                MustBeNear(name, expected, logits.cpu().contiguous().data<double>().ToArray());
            }
        }
    }

    internal static void MustScoreAlike(Device device)
    {
        foreach (string name in Scored)
        {
            using FamilyFolder folder = new(FamilyCases.All[name]);
            MustBeNear(name, Scores(folder, CPU), Scores(folder, device));
        }
    }

    private static double[] Scores(FamilyFolder folder, Device device)
    {
        using Transformer model = Checkpoint.Load(folder.Path, float64, device);
        EncodedPairs pairs = EncodedPairs.Of([
            new EncodedPair([1, 2, 3, 4, 5, 6], [1, 3, 3, 4, 5, 6], 7, 8),
            new EncodedPair([6, 5, 4, 3, 2, 1, 0], [6, 4, 4, 3, 2, 1, 0], 9, 1),
        ]);
        return
        [
            .. new EapIgInputs(3, Quadrature.Left, 4, TimeProvider.System)
                .Attribute(model, pairs, Metrics.LogitDifference)
                .Values,
            .. new ExactPatching(4, TimeProvider.System).Attribute(model, pairs, Metrics.LogitDifference).Values,
        ];
    }

    private static void MustBeNear(string name, double[] expected, double[] found)
    {
        double largest = expected.Max(Math.Abs);
        double difference = expected.Zip(found, (one, other) => Math.Abs(one - other)).Max();
        Assert.True(difference <= Bound * Math.Max(1, largest), $"{name}: the largest difference is {difference}.");
    }
}
