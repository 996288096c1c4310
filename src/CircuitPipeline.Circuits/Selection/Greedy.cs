using System.Collections.Immutable;
using CircuitPipeline.Circuits.Graph;
using CircuitPipeline.Circuits.Scores;

namespace CircuitPipeline.Circuits.Selection;

/// <summary>Grows a circuit from the logits, always by the edge with the largest score that ends in it.</summary>
/// <remarks>
/// EAP-IG 2.0, <c>Graph.apply_greedy</c>.
/// <list type="number">
/// <item>The logits are in; the edges that end in them are the candidates.</item>
/// <item>The candidate with the largest score is chosen; of equal ones, that with the smaller edge index.</item>
/// <item>If its source was not in, it is now, and the edges that end in it become candidates.</item>
/// <item>Again from 2, until there are as many edges as asked for; that is before pruning.</item>
/// </list>
/// Every node has an edge to the logits, so that every edge becomes a candidate in time.
/// </remarks>
/// <param name="edges">How many edges, 1 to the number that the graph has.</param>
/// <param name="signed">Whether a score's sign counts; else its absolute value does, so that edges that hurt are chosen too.</param>
public sealed class Greedy(int edges, bool signed = false) : ICircuitSelector
{
    private static readonly ImmutableArray<QkvInput?> Inputs = [null, QkvInput.Query, QkvInput.Key, QkvInput.Value];

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The graph has fewer edges than asked for.</exception>
    public Circuit Select(EdgeScores scores)
    {
        ComputationGraph graph = scores.Graph;
        Largest.MustBeThere(edges, graph.EdgeCount, "the graph");
        (int Source, int Destination)[] ends = EdgeEnds.Of(graph);
        bool[] isIn = new bool[graph.Nodes.Length];
        PriorityQueue<int, (double Size, int Edge)> candidates = new();
        void Enter(int node)
        {
            isIn[node] = true;
            foreach (int edge in EdgesInto(graph, node))
            {
                candidates.Enqueue(edge, (-Largest.Size(scores.Values[edge], signed), edge));
            }
        }

        Enter(graph.Nodes.Length - 1);
        int[] chosen = new int[edges];
        for (int count = 0; count < edges; count++)
        {
            chosen[count] = candidates.Dequeue();
            int source = ends[chosen[count]].Source;
            if (!isIn[source])
            {
                Enter(source);
            }
        }
        return new Circuit(graph, chosen, new SelectionOrigin("greedy", edges, signed), scores);
    }

    // A source reaches every destination from its first one on, and later sources begin no earlier.
    private static IEnumerable<int> EdgesInto(ComputationGraph graph, int node) =>
        from input in Inputs
        let destination = graph.DestinationIndex(graph.Nodes[node], input)
        where destination is not null
        from edge in Enumerable
            .Range(0, graph.SourceCount)
            .TakeWhile(source => graph.FirstDestination(source) <= destination)
            .Select(source => graph.EdgeIndex(source, destination.Value)!.Value)
        select edge;
}
