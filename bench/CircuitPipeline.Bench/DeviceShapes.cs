using System.Globalization;
using CircuitPipeline.Attribution;
using CircuitPipeline.Circuits.Scores;
using CircuitPipeline.Models;
using CircuitPipeline.Prompts.PromptPairs;
using static TorchSharp.torch;

namespace CircuitPipeline.Bench;

/// <summary>EAP-IG on a device at Pythia's shapes, in float32 and bfloat16: time, and how alike the scores are.</summary>
internal static class DeviceShapes
{
    internal const string Name = "shapes";
    private const int Rounds = 5;

    /// <param name="output">Gets a line per shape and type.</param>
    /// <param name="place">The device, <c>cpu</c> or <c>cuda</c>.</param>
    /// <param name="sizes">Of <see cref="PythiaShapes"/>.</param>
    internal static void Run(TextWriter output, string place, IReadOnlyList<string> sizes)
    {
        foreach (string size in sizes)
        {
            double[] single = Measured(output, place, size, ScalarType.Float32);
            double[] half = Measured(output, place, size, ScalarType.BFloat16);
            output.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"shapes: {size}: scores in bfloat16 and float32 correlate by {Correlation(single, half):F4}"
                )
            );
        }
    }

    private static double[] Measured(TextWriter output, string place, string size, ScalarType dtype)
    {
        using Generator random = new(1);
        using Transformer model = TransformerFactory.Create(PythiaShapes.Of(size), random, device(place), dtype);
        EncodedPairs pairs = RandomPairs.Unrelated(EapIg.Batch, EapIg.Length);
        EdgeScores Scores() => EapIg.Method(EapIg.Batch).Attribute(model, pairs, Metrics.LogitDifference);

        double[] scores = [.. Scores().Values];
        double seconds = Measure.Median([.. Enumerable.Range(0, Rounds).Select(_ => Measure.Seconds(() => Scores()))]);
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"shapes: {size}, {dtype} on {place}: {seconds / EapIg.Batch:F4} s per example (length {EapIg.Length}, {EapIg.Steps} steps, batch {EapIg.Batch}), {scores.Length:N0} finite scores"
            )
        );
        output.Flush();
        return scores;
    }

    private static double Correlation(double[] one, double[] other)
    {
        (double meanOfOne, double meanOfOther) = (one.Average(), other.Average());
        double Sum(Func<int, double> of) => Enumerable.Range(0, one.Length).Sum(of);
        return Sum(i => (one[i] - meanOfOne) * (other[i] - meanOfOther))
            / Math.Sqrt(Sum(i => Math.Pow(one[i] - meanOfOne, 2)) * Sum(i => Math.Pow(other[i] - meanOfOther, 2)));
    }
}
