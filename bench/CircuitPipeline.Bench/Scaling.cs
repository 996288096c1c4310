using System.Globalization;
using CircuitPipeline.Attribution;
using CircuitPipeline.Circuits.Config;
using CircuitPipeline.Circuits.Graph;
using CircuitPipeline.Models;
using CircuitPipeline.Prompts.PromptPairs;

namespace CircuitPipeline.Bench;

/// <summary>How the time of EAP-IG grows with examples, tokens, and sources x destinations.</summary>
internal static class Scaling
{
    private const int Rounds = 5;

    internal static void Run(TextWriter output)
    {
        using Transformer model = PythiaShapes.Create("70m");
        Table(output, "examples", [8, 16, 32, 64], count => (model, RandomPairs.Unrelated(count, 12)), count => count);
        Table(output, "tokens", [6, 12, 24, 48], length => (model, RandomPairs.Unrelated(8, length)), length => length);

        TransformerConfig narrow = PythiaShapes.Of("70m") with { DVocab = 50_000, NLayers = 1 };
        Transformer[] models =
        [
            .. new[] { 8, 16, 32, 64 }.Select(heads =>
                PythiaShapes.Create(narrow with { NHeads = heads, NLayers = 6 })
            ),
        ];
        Table(
            output,
            "heads per layer",
            [8, 16, 32, 64],
            heads => (Array.Find(models, candidate => candidate.Config.NHeads == heads)!, RandomPairs.Unrelated(8, 12)),
            heads =>
            {
                ComputationGraph graph = new(narrow with { NHeads = heads, NLayers = 6 });
                return (double)graph.SourceCount * graph.DestinationCount;
            }
        );
        foreach (Transformer built in models)
        {
            built.Dispose();
        }
    }

    // All sizes in turn, several times: a noisy minute then hits all of them.
    private static void Table(
        TextWriter output,
        string what,
        int[] sizes,
        Func<int, (Transformer Model, EncodedPairs Pairs)> inputs,
        Func<int, double> work
    )
    {
        List<double>[] seconds = [.. sizes.Select(_ => new List<double>())];
        for (int round = 0; round <= Rounds; round++)
        {
            foreach ((int index, int size) in sizes.Index())
            {
                (Transformer model, EncodedPairs pairs) = inputs(size);
                double taken = Measure.Seconds(() => EapIg.Method(8).Attribute(model, pairs, Metrics.LogitDifference));
                if (round > 0)
                {
                    seconds[index].Add(taken);
                }
            }
        }

        double[] medians = [.. seconds.Select(Measure.Median)];
        foreach ((int index, int size) in sizes.Index())
        {
            output.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"scaling: {what} {size, 3}: work x {work(size) / work(sizes[0]), 5:F1}, {medians[index] * 1e3, 7:F0} ms, time x {medians[index] / medians[0]:F1}"
                )
            );
        }
    }
}
