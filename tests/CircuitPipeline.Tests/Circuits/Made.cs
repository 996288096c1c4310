using CircuitPipeline.Circuits.Graph;
using CircuitPipeline.Circuits.Scores;
using CircuitPipeline.Circuits.Selection;

namespace CircuitPipeline.Tests.Circuits;

/// <summary>Scores and circuits for tests, small enough to follow by hand or drawn from a seed.</summary>
internal static class Made
{
    public static readonly ScoreOrigin Origin = new()
    {
        Method = "eap-ig-inputs",
        Steps = 5,
        Quadrature = "left",
        Metric = "logit-difference",
        Intervention = "patching",
        Aggregation = "mean",
        Examples = 500,
    };

    public static readonly SelectionOrigin ByHand = new("by hand", 0, Signed: false);

    /// <summary>One block of one head: input, a0.h0, m0, logits.</summary>
    public static ComputationGraph OneHead { get; } = new(1, 1, parallelBlocks: false);

    public static ComputationGraph Graph(int seed) => new(1 + seed % 4, 1 + seed % 3, parallelBlocks: seed % 2 == 0);

    public static EdgeScores Scores(ComputationGraph graph, int seed)
    {
        Random random = new(seed);
        return new EdgeScores(graph, [.. graph.Edges.Select(_ => random.NextDouble() - 0.5)], Origin);
    }

    /// <summary>A random part of a graph's edges.</summary>
    public static Circuit Circuit(ComputationGraph graph, int seed)
    {
        Random random = new(seed);
        double share = random.NextDouble();
        int[] edges = [.. Enumerable.Range(0, graph.EdgeCount).Where(_ => random.NextDouble() < share)];
        return new Circuit(graph, edges, ByHand, Scores(graph, seed + 1));
    }

    /// <summary>A circuit from edge names and scores; edges that are not named are out and score 0.</summary>
    public static Circuit Circuit(ComputationGraph graph, params (string Edge, double Score)[] edges)
    {
        double[] values = new double[graph.EdgeCount];
        foreach ((string? name, double score) in edges)
        {
            values[graph.EdgeIndex(Edge.Parse(name))!.Value] = score;
        }
        return new Circuit(
            graph,
            edges.Select(edge => graph.EdgeIndex(Edge.Parse(edge.Edge))!.Value),
            ByHand,
            new EdgeScores(graph, [.. values], Origin)
        );
    }

    public static Circuit Circuit(ComputationGraph graph, params string[] edges) =>
        Circuit(graph, [.. edges.Select(edge => (edge, 1.0))]);

    public static string[] Names(IEnumerable<Edge> edges) => [.. edges.Select(edge => edge.Name)];

    public static string[] Names(IEnumerable<Node> nodes) => [.. nodes.Select(node => node.Name)];
}
