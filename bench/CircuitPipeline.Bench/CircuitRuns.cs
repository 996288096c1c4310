using System.Globalization;
using CircuitPipeline.Attribution;
using CircuitPipeline.Attribution.Evaluation;
using CircuitPipeline.Circuits.Scores;
using CircuitPipeline.Circuits.Selection;
using CircuitPipeline.Models;
using CircuitPipeline.Prompts.PromptPairs;

namespace CircuitPipeline.Bench;

/// <summary>Circuit evaluation at 1, 5 and 20 % of the edges of Pythia-160m's shape.</summary>
internal static class CircuitRuns
{
    internal static void Run(TextWriter output)
    {
        using Transformer model = PythiaShapes.Create("160m");
        EncodedPairs pairs = RandomPairs.Unrelated(EapIg.Batch, EapIg.Length);
        EdgeScores scores = EapIg.Method(EapIg.Batch).Attribute(model, pairs, Metrics.LogitDifference);
        CircuitEvaluator evaluator = new(EapIg.Batch, TimeProvider.System);
        foreach (double share in (double[])[0.01, 0.05, 0.2])
        {
            Circuit circuit = new TopN((int)(share * scores.Graph.EdgeCount)).Select(scores);
            (double seconds, double rate) = Measure.BesideProducts(
                7,
                () => evaluator.Evaluate(model, circuit, pairs, Metrics.LogitDifference)
            );
            output.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"circuit-evaluation: {seconds / EapIg.Batch:F3} s per example with {share:P0} of the edges (length {EapIg.Length}, "
                        + $"batch {EapIg.Batch}); products run at {rate / 1e9:F0} GFLOP/s"
                )
            );
        }
    }
}
