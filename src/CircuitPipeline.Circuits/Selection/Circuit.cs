using System.Collections.Immutable;
using CircuitPipeline.Circuits.Files;
using CircuitPipeline.Circuits.Graph;
using CircuitPipeline.Circuits.Scores;

namespace CircuitPipeline.Circuits.Selection;

/// <summary>A chosen subset of a computation graph's edges; its nodes are the ends of its edges.</summary>
public sealed class Circuit
{
    private readonly bool[] _mask; // [edge]

    /// <summary>Takes the chosen edges.</summary>
    /// <param name="graph">The graph that they belong to.</param>
    /// <param name="edges">Indices of the chosen edges, in any order.</param>
    /// <param name="selection">How they were chosen.</param>
    /// <param name="scores">The scores of all edges of the graph, where they are known.</param>
    /// <exception cref="ArgumentException">The scores are of another graph.</exception>
    public Circuit(ComputationGraph graph, IEnumerable<int> edges, SelectionOrigin selection, EdgeScores? scores = null)
        : this(graph, MaskOf(graph, edges), selection, scores, null) { }

    internal Circuit(
        ComputationGraph graph,
        bool[] mask,
        SelectionOrigin selection,
        EdgeScores? scores,
        CircuitSize? beforePruning,
        FileListing? listing = null
    )
    {
        if (scores is not null && !scores.Graph.HasShapeOf(graph))
        {
            throw new ArgumentException(
                $"The scores belong to a graph of {scores.Graph}, but the circuit to one of {graph}.",
                nameof(scores)
            );
        }
        (Graph, _mask, Selection, Scores) = (graph, mask, selection, scores);
        (BeforePruning, Listing) = (beforePruning, listing);
        EdgeIndices = [.. Enumerable.Range(0, mask.Length).Where(edge => mask[edge])];
        Nodes = NodesOf(graph, mask);
    }

    /// <summary>The graph that the circuit is a part of.</summary>
    public ComputationGraph Graph { get; }

    /// <summary>How the edges were chosen.</summary>
    public SelectionOrigin Selection { get; }

    /// <summary>The scores of all edges of the graph, where they are known.</summary>
    public EdgeScores? Scores { get; }

    /// <summary>The size of the selection that was pruned; null for a circuit that is not pruned.</summary>
    public CircuitSize? BeforePruning { get; }

    /// <summary>What the circuit's file says beside its edges and scores; null when it says nothing else, and for one from no file.</summary>
    public FileListing? Listing { get; }

    /// <summary>Indices of the circuit's edges, ascending.</summary>
    public ImmutableArray<int> EdgeIndices { get; }

    /// <summary>The circuit's edges, by index.</summary>
    public IEnumerable<Edge> Edges => EdgeIndices.Select(Graph.EdgeAt);

    /// <summary>The ends of the circuit's edges, in the graph's order.</summary>
    public ImmutableArray<Node> Nodes { get; }

    /// <summary>Number of edges.</summary>
    public int EdgeCount => EdgeIndices.Length;

    /// <summary>Number of nodes.</summary>
    public int NodeCount => Nodes.Length;

    /// <summary>Edges and nodes of the circuit as it is.</summary>
    public CircuitSize Size => new(EdgeCount, NodeCount);

    /// <summary>Whether an edge is in the circuit.</summary>
    /// <param name="edge">An edge index, 0 to the graph's number of edges - 1.</param>
    /// <returns>Whether it is.</returns>
    public bool Contains(int edge) => _mask[edge];

    /// <summary>Whether an edge is in the circuit.</summary>
    /// <param name="edge">An edge.</param>
    /// <returns>Whether it is; false for an edge that the graph does not have.</returns>
    public bool Contains(Edge edge) => Graph.EdgeIndex(edge) is int index && _mask[index];

    /// <summary>Leaves out what no signal passes: nodes without an incoming or without an outgoing edge, then their edges, and so on.</summary>
    /// <returns>A new circuit that remembers the size of the selection; pruning it again changes nothing.</returns>
    public Circuit Prune() => new(Graph, Pruning.Of(Graph, _mask), Selection, Scores, BeforePruning ?? Size);

    /// <summary>The circuit in the collapsed graph: an edge is in when it is in by any of a head's query, key and value input.</summary>
    /// <remarks>
    /// As the paper does it (reference: <c>collapse_qkv.py</c>): an edge's score is the sum over those of its inputs that are in the
    /// circuit, so edges outside it score 0. How large it was before pruning was counted by input and is left out.
    /// </remarks>
    /// <returns>A new circuit; this one when its graph is collapsed already.</returns>
    /// <exception cref="ArgumentException">A sum of scores is not finite.</exception>
    public Circuit Collapse() =>
        Graph.IsCollapsed
            ? this
            : new Circuit(
                Graph.Collapse(),
                Collapsing.Any(Graph, _mask),
                Selection,
                Scores is null ? null : Collapsing.Sum(Scores, Contains),
                null
            );

    /// <summary>All edges of the graph that are not in the circuit.</summary>
    /// <returns>A new circuit without scores, since none chose it.</returns>
    public Circuit Complement()
    {
        int[] others = [.. Enumerable.Range(0, _mask.Length).Where(edge => !_mask[edge])];
        return new Circuit(Graph, others, new SelectionOrigin("complement", others.Length, Signed: false));
    }

    /// <summary>The circuit's edges with the largest absolute scores; of equal ones, those with the smaller edge index.</summary>
    /// <param name="edges">How many, 0 to the number that the circuit has.</param>
    /// <returns>A new circuit that is not pruned; nodes without an edge leave.</returns>
    /// <exception cref="ArgumentException">The circuit has fewer edges, or no scores.</exception>
    public Circuit Strongest(int edges)
    {
        EdgeScores scores =
            Scores
            ?? throw new ArgumentException(
                "The circuit has no scores, but its strongest edges are those of its scores."
            );
        ImmutableArray<int> kept =
            edges == 0 ? [] : Largest.Of(scores.Values, EdgeIndices, edges, signed: false, "the circuit");
        return new Circuit(Graph, kept, Selection with { EdgesAsked = edges }, scores);
    }

    private static bool[] MaskOf(ComputationGraph graph, IEnumerable<int> edges)
    {
        bool[] mask = new bool[graph.EdgeCount];
        foreach (int edge in edges)
        {
            if (edge < 0 || edge >= mask.Length)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(edges),
                    $"The edge index is '{edge}', but 0 to {mask.Length - 1} is allowed in a graph of {graph}."
                );
            }
            mask[edge] = true;
        }
        return mask;
    }

    private static ImmutableArray<Node> NodesOf(ComputationGraph graph, bool[] mask)
    {
        bool[] used = new bool[graph.Nodes.Length];
        foreach ((int edge, (int source, int destination)) in EdgeEnds.Of(graph).Index())
        {
            used[source] |= mask[edge];
            used[destination] |= mask[edge];
        }
        return [.. graph.Nodes.Where((_, node) => used[node])];
    }
}

/// <summary>How large a circuit is.</summary>
/// <param name="Edges">Number of edges.</param>
/// <param name="Nodes">Number of nodes at their ends.</param>
public readonly record struct CircuitSize(int Edges, int Nodes);

/// <summary>Keeps the edges that lie on a way from the input to the logits.</summary>
/// <remarks>
/// The rule (EAP-IG 2.0, <c>Graph.prune</c>): drop nodes without an outgoing edge (but the logits) or without any incoming
/// edge (but the input; one of q, k, v is enough), then their edges, until nothing changes.
/// A computation graph has no cycles, so what that leaves is: every edge whose source is reached from the input and whose
/// destination reaches the logits. Edges are ordered by source, and a source comes after all that it reads from:
/// <list type="number">
/// <item>one pass forward marks the nodes that are reached from the input;</item>
/// <item>one pass backward marks the nodes that reach the logits;</item>
/// <item>an edge stays if both of its ends are marked on its side.</item>
/// </list>
/// </remarks>
internal static class Pruning
{
    public static bool[] Of(ComputationGraph graph, bool[] mask)
    {
        (int Source, int Destination)[] ends = EdgeEnds.Of(graph);
        bool[] reached = new bool[graph.Nodes.Length];
        reached[0] = true;
        for (int edge = 0; edge < ends.Length; edge++)
        {
            reached[ends[edge].Destination] |= mask[edge] && reached[ends[edge].Source];
        }
        bool[] reaches = new bool[graph.Nodes.Length];
        reaches[^1] = true;
        for (int edge = ends.Length - 1; edge >= 0; edge--)
        {
            reaches[ends[edge].Source] |= mask[edge] && reaches[ends[edge].Destination];
        }
        return
        [
            .. mask.Select((chosen, edge) => chosen && reached[ends[edge].Source] && reaches[ends[edge].Destination]),
        ];
    }
}

/// <summary>How a circuit's edges were chosen.</summary>
/// <param name="Selector">The rule: <c>top-n</c>, <c>greedy</c>, <c>threshold</c>, <c>top-nodes</c>, <c>union</c>, …</param>
/// <param name="EdgesAsked">The number of edges that the rule was asked for; of one that is asked for none, the number that it chose.</param>
/// <param name="Signed">Whether scores were compared with their sign; else by absolute value.</param>
public sealed record SelectionOrigin(string Selector, int EdgesAsked, bool Signed)
{
    /// <summary>The score from which on edges were chosen; null for a rule without one.</summary>
    public double? Threshold { get; init; }

    /// <summary>The number of nodes that the rule was asked for; null for a rule that chooses edges.</summary>
    public int? NodesAsked { get; init; }

    /// <summary>Of a circuit that came without a word about how it was chosen.</summary>
    /// <param name="edges">The number of its edges.</param>
    /// <returns>An origin that says so.</returns>
    public static SelectionOrigin Unknown(int edges) => new("unknown", edges, Signed: false);
}
