using System.Globalization;
using CircuitPipeline.Attribution;
using CircuitPipeline.Models;
using CircuitPipeline.Prompts.PromptPairs;
using CircuitPipeline.References;

namespace CircuitPipeline.Bench;

/// <summary>EAP-IG on prompts that begin alike, beside prompts that share nothing.</summary>
internal static class SharedPrefixRuns
{
    private const int Batch = 32;
    private const int Checked = 4;

    internal static void Run(TextWriter output)
    {
        using Transformer model = PythiaShapes.Create("160m");
        EncodedPairs alike = RandomPairs.LikeAddSub(Batch);
        EncodedPairs unrelated = RandomPairs.Unrelated(EapIg.Batch, EapIg.Length);
        double floor = 0;
        (double seconds, double rate) = Measure.BesideProducts(
            7,
            () => EapIg.Method(Batch).Attribute(model, alike, Metrics.LogitDifference),
            () => EapIg.Method(EapIg.Batch).Attribute(model, unrelated, Metrics.LogitDifference),
            other => floor = other
        );

        double each = seconds / Batch;
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"shared-prefix: {each:F4} s per example (19 tokens, 15 common, first difference at 16, {EapIg.Steps} steps, batch {Batch}); "
                    + $"products run at {rate / 1e9:F0} GFLOP/s; {each / (floor / EapIg.Batch):F2} of the time of eap-ig; "
                    + $"largest difference from split copies / largest score = {Difference(model):E1}"
            )
        );
    }

    private static double Difference(Transformer model)
    {
        EncodedPairs pairs = RandomPairs.LikeAddSub(Checked);
        double[] fast = [.. EapIg.Method(Checked).Attribute(model, pairs, Metrics.LogitDifference).Values];
        double[] slow = EapIgReference.Scores(model, pairs, Metrics.LogitDifference, EapIg.Points());
        return fast.Zip(slow, (a, b) => Math.Abs(a - b)).Max() / slow.Max(Math.Abs);
    }
}
