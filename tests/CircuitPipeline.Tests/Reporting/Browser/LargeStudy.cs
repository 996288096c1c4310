using System.Collections.Immutable;
using CircuitPipeline.Circuits.Graph;
using CircuitPipeline.Reporting.Results;

namespace CircuitPipeline.Tests.Reporting.Browser;

/// <summary>Made-up circuits of the size of Pythia-1.4B's: 409 sources, the 11,574 strongest of 231,493 edges, a base model and ten checkpoints.</summary>
internal static class LargeStudy
{
    public const int Edges = 11_574;
    private const int Checkpoints = 10;

    public static StudyResults Create()
    {
        ImmutableArray<CircuitView> circuits = Circuits();
        return new()
        {
            Study = "large",
            Question = "Does a circuit of this size stay readable?",
            Circuits = [circuits[0], circuits[^1]],
            Trajectories = [new("base-0", circuits)],
            Provenance = new([], ""),
        };
    }

    // Scores fall off as real ones do, over some decades; each checkpoint drifts away from the one before.
    private static ImmutableArray<CircuitView> Circuits()
    {
        ComputationGraph graph = new(24, 16, parallelBlocks: true);
        Random random = new(1);
        int[] candidates = [.. Enumerable.Range(0, graph.EdgeCount).Where(_ => random.Next(10) == 0)];
        string[] names = [.. candidates.Select(edge => graph.EdgeAt(edge).Name)];
        double[] logs = [.. names.Select(_ => -3 * random.NextDouble() - 3 * random.NextDouble())];
        List<CircuitView> circuits = [];
        for (int step = 0; step <= Checkpoints; step++)
        {
            circuits.Add(Strongest(step, names, logs));
            for (int edge = 0; edge < logs.Length; edge++)
            {
                logs[edge] += 0.5 * (random.NextDouble() - 0.5);
            }
        }

        return [.. circuits];
    }

    private static CircuitView Strongest(int step, string[] names, double[] logs) =>
        new(
            step == 0 ? "base" : $"step {25 * step}",
            24,
            16,
            [
                .. Enumerable
                    .Range(0, names.Length)
                    .OrderByDescending(edge => logs[edge])
                    .Take(Edges)
                    .Order()
                    .Select(edge => new EdgeView(names[edge], (edge % 4 == 0 ? -1 : 1) * Math.Pow(10, logs[edge]))),
            ]
        );
}
