using System.Collections.Immutable;
using CircuitPipeline.Circuits.Graph;
using CircuitPipeline.Circuits.Scores;

namespace CircuitPipeline.Circuits.Selection;

/// <summary>Chooses the nodes with the largest scores, and every edge between two of them; of equal nodes, the earlier ones.</summary>
/// <remarks>
/// EAP-IG 2.0, <c>Graph.apply_topn</c> with <c>level='node'</c>: nodes without a score are always in, as are the logits.
/// Differs from the source: edges from a chosen node to one that is not are left out at once and not only by pruning, which
/// leaves the same circuit.
/// </remarks>
/// <param name="nodes">How many of the nodes that have a score, 1 to their number.</param>
/// <param name="signed">Whether a score's sign counts; else its absolute value does.</param>
/// <param name="given">The nodes' scores; made of those of their edges when null (<see cref="NodeScores.OfEdges"/>).</param>
public sealed class TopNodes(int nodes, bool signed = false, NodeScores? given = null) : ICircuitSelector
{
    /// <inheritdoc/>
    /// <exception cref="ArgumentException">Fewer nodes have a score than asked for, or the nodes are of another graph.</exception>
    public Circuit Select(EdgeScores scores)
    {
        ComputationGraph graph = scores.Graph;
        NodeScores ofNodes = given ?? NodeScores.OfEdges(scores);
        if (!ofNodes.Graph.HasNodesOf(graph))
        {
            throw new ArgumentException(
                $"The nodes' scores belong to a graph of {ofNodes.Graph}, but the edges' to one of {graph}."
            );
        }
        bool[] isIn = [.. ofNodes.Values.Select(score => score is null)];
        int[] scored = [.. Enumerable.Range(0, isIn.Length).Where(node => !isIn[node])];
        ImmutableArray<int> chosen = Largest.Of(
            [.. ofNodes.Values.Select(score => score ?? 0)],
            [.. scored],
            nodes,
            signed,
            "the graph",
            "nodes with a score"
        );
        foreach (int node in chosen)
        {
            isIn[node] = true;
        }
        isIn[^1] = true;
        int[] edges =
        [
            .. EdgeEnds
                .Of(graph)
                .Index()
                .Where(edge => isIn[edge.Item.Source] && isIn[edge.Item.Destination])
                .Select(edge => edge.Index),
        ];
        SelectionOrigin origin = new("top-nodes", edges.Length, signed) { NodesAsked = nodes };
        return new Circuit(graph, edges, origin, scores);
    }
}
