using System.Collections.Immutable;
using System.Globalization;
using CircuitPipeline.Circuits.Graph;

namespace CircuitPipeline.Circuits.Scores;

/// <summary>Scores of a computation graph's nodes, in metric units; a node may be without one.</summary>
public sealed class NodeScores
{
    /// <summary>Takes the scores of the nodes.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="values">The scores by place in <see cref="ComputationGraph.Nodes"/>, finite; null for a node without one.</param>
    /// <exception cref="ArgumentException">The number of entries is not that of the nodes, or a score is not finite.</exception>
    public NodeScores(ComputationGraph graph, ImmutableArray<double?> values)
    {
        if (values.IsDefault || values.Length != graph.Nodes.Length)
        {
            throw new ArgumentException(
                $"There are '{(values.IsDefault ? 0 : values.Length)}' scores of nodes, but the graph of {graph} has {graph.Nodes.Length} nodes.",
                nameof(values)
            );
        }
        foreach ((int node, double? score) in values.Index())
        {
            if (score is double number && !double.IsFinite(number))
            {
                string found = number.ToString(CultureInfo.InvariantCulture);
                throw new ArgumentException(
                    $"The score of node '{graph.Nodes[node]}' is '{found}', but only finite numbers are scores.",
                    nameof(values)
                );
            }
        }
        (Graph, Values) = (graph, values);
    }

    /// <summary>The graph whose nodes are scored.</summary>
    public ComputationGraph Graph { get; }

    /// <summary>The scores by place in <see cref="ComputationGraph.Nodes"/>.</summary>
    public ImmutableArray<double?> Values { get; }

    /// <summary>Makes scores of nodes where only edges have some: the sum of the absolute scores of the edges that start in a node.</summary>
    /// <remarks>Ours. The input and the logits get none, so that a choice among nodes never leaves them out.</remarks>
    /// <param name="scores">The scores of the edges.</param>
    /// <returns>A score for every head and every MLP.</returns>
    public static NodeScores OfEdges(EdgeScores scores)
    {
        ComputationGraph graph = scores.Graph;
        double[] sums = new double[graph.Nodes.Length];
        foreach ((int edge, (int source, int _)) in EdgeEnds.Of(graph).Index())
        {
            sums[source] += Math.Abs(scores.Values[edge]);
        }
        return new NodeScores(
            graph,
            [.. graph.Nodes.Select((node, place) => node is InputNode or LogitsNode ? (double?)null : sums[place])]
        );
    }
}
