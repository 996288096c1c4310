using System.Collections.Immutable;
using CircuitPipeline.Circuits.Graph;
using CircuitPipeline.Circuits.Scores;
using CircuitPipeline.Circuits.Selection;

namespace CircuitPipeline.Circuits.Diff;

/// <summary>Counts and sums a diff's changes layer by layer.</summary>
/// <remarks>
/// The paper's rule (Wang et al. 2025, arXiv:2502.11812; reference: <c>changecircuit_edge_keylayer.py</c>) sums
/// |score after - score before| by the layer of the edge's source; a missing edge's score is 0, so one side alone counts |score|.
/// </remarks>
internal static class LayerChanges
{
    public static ImmutableArray<LayerChange> Of(CircuitDiff diff)
    {
        ComputationGraph graph = diff.Before.Graph;
        int[] Count<T>(IEnumerable<T> items, Func<T, Node> node)
        {
            int[] counts = new int[graph.NLayers];
            foreach (T? item in items)
            {
                counts[graph.LayerOf(node(item))]++;
            }
            return counts;
        }
        int[] Nodes(IEnumerable<Node> nodes) => Count(nodes, node => node);
        int[] Edges(IEnumerable<Edge> edges) => Count(edges, edge => edge.Source);

        (int[] Added, int[] Removed, int[] Shared) nodes = (
            Added: Nodes(diff.Nodes.Added),
            Removed: Nodes(diff.Nodes.Removed),
            Shared: Nodes(diff.Nodes.Shared)
        );
        (int[] Added, int[] Removed, int[] Shared) edges = (
            Added: Edges(diff.Edges.Added),
            Removed: Edges(diff.Edges.Removed),
            Shared: Edges(diff.Edges.Shared)
        );
        LayerScoreChange[]? sums = ScoreSums(diff);
        return
        [
            .. Enumerable
                .Range(0, graph.NLayers)
                .Select(layer => new LayerChange(
                    layer,
                    nodes.Added[layer],
                    nodes.Removed[layer],
                    nodes.Shared[layer],
                    edges.Added[layer],
                    edges.Removed[layer],
                    edges.Shared[layer],
                    sums?[layer]
                )),
        ];
    }

    private static LayerScoreChange[]? ScoreSums(CircuitDiff diff)
    {
        if (diff.Before.Scores is not { } before || diff.After.Scores is not { } after)
        {
            return null;
        }
        ComputationGraph graph = diff.Before.Graph;
        (double allBefore, double allAfter) = (Total(diff.Before, before), Total(diff.After, after));
        (double Source, double WithoutInput, double Destination, double Normalised)[] sums = new (
            double Source,
            double WithoutInput,
            double Destination,
            double Normalised
        )[graph.NLayers];
        for (int index = 0; index < graph.EdgeCount; index++)
        {
            if (!diff.Before.Contains(index) && !diff.After.Contains(index))
            {
                continue;
            }
            double was = diff.Before.Contains(index) ? before.Values[index] : 0;
            double has = diff.After.Contains(index) ? after.Values[index] : 0;
            Edge edge = graph.EdgeAt(index);
            double change = Math.Abs(has - was);
            ref (double Source, double WithoutInput, double Destination, double Normalised) source = ref sums[
                graph.LayerOf(edge.Source)
            ];
            source.Source += change;
            source.WithoutInput += edge.Source is InputNode ? 0 : change;
            source.Normalised += Math.Abs(has / allAfter - was / allBefore);
            sums[graph.LayerOf(edge.Destination)].Destination += change;
        }
        foreach ((int layer, (double source, double _, double destination, double normalised)) in sums.Index())
        {
            if (!double.IsFinite(source + destination + normalised) || !double.IsFinite(allBefore + allAfter))
            {
                throw new ArgumentException(
                    $"The sum of the score changes of layer {layer} is not finite, because scores are too large to be added; give scores of a smaller scale."
                );
            }
        }
        return
        [
            .. sums.Select(sum => new LayerScoreChange(sum.Source, sum.WithoutInput, sum.Destination, sum.Normalised)),
        ];
    }

    // The sum of the circuit's absolute scores; 1 where every score is zero, since zero stays zero.
    private static double Total(Circuit circuit, EdgeScores scores)
    {
        double total = circuit.EdgeIndices.Sum(edge => Math.Abs(scores.Values[edge]));
        return total > 0 ? total : 1;
    }
}
