using CircuitPipeline.Circuits.Scores;

namespace CircuitPipeline.Circuits.Graph;

/// <summary>Takes values of a graph's edges to the collapsed graph, in which a head has one input.</summary>
internal static class Collapsing
{
    /// <summary>Whether any of the edges that become one has a flag.</summary>
    public static bool[] Any(ComputationGraph graph, bool[] flags)
    {
        bool[] any = new bool[graph.Collapse().EdgeCount];
        foreach ((int edge, int collapsed) in EdgesOf(graph).Index())
        {
            any[collapsed] |= flags[edge];
        }
        return any;
    }

    /// <summary>The sum of the scores of the edges that become one, of those that count.</summary>
    public static EdgeScores Sum(EdgeScores scores, Func<int, bool> counts)
    {
        ComputationGraph graph = scores.Graph.Collapse();
        double[] sums = new double[graph.EdgeCount];
        foreach ((int edge, int collapsed) in EdgesOf(scores.Graph).Index())
        {
            sums[collapsed] += counts(edge) ? scores.Values[edge] : 0;
        }
        ScoreOrigin origin = scores.Origin with { Aggregation = $"{scores.Origin.Aggregation}, q/k/v summed" };
        return new EdgeScores(graph, [.. sums], origin);
    }

    // The index in the collapsed graph of each edge. Sources keep theirs; a destination is its reader's place without the input,
    // which no edge has.
    private static int[] EdgesOf(ComputationGraph graph)
    {
        ComputationGraph collapsed = graph.Collapse();
        int[] edges = new int[graph.EdgeCount];
        foreach ((int edge, (int source, int reader)) in EdgeEnds.Of(graph).Index())
        {
            edges[edge] = collapsed.EdgeIndex(source, reader - 1)!.Value;
        }
        return edges;
    }
}

/// <summary>Two circuits can be compared or merged only within one graph.</summary>
internal static class SameGraph
{
    public static void MustHold(ComputationGraph first, ComputationGraph second)
    {
        if (!first.HasShapeOf(second))
        {
            string next = first.HasNodesOf(second) ? "; collapse both to compare or merge them" : "";
            throw new ArgumentException(
                $"One circuit belongs to a graph of {first}, but the other to one of {second}{next}."
            );
        }
    }
}
