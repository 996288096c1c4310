using System.Collections.Immutable;
using CircuitPipeline.Circuits.Config;

namespace CircuitPipeline.Circuits.Graph;

/// <summary>All nodes and possible edges of a transformer, with the indices of sources and destinations.</summary>
/// <remarks>
/// An edge runs from each earlier node's output to each later node's input (Hanna et al. 2024, arXiv:2403.17806; names and
/// counts as in the authors' EAP-IG library). L blocks of H heads give 1 + L(H+1) sources and L(3H+1) + 1 destinations:
/// source 0 is the input, head h of block l is 1 + l(H+1) + h, its MLP follows the heads; destination l(3H+1) + {q,k,v}·H + h
/// is a head's input, +3H the MLP, the logits are last. In a parallel block the MLP does not see its own block's heads.
/// The destinations that a source reaches are therefore all from some first one on, which makes every index a formula.
/// In a collapsed graph (the paper's, reference: <c>collapse_qkv.py</c>) a head has one input: the same formulas with 1 for 3.
/// </remarks>
public sealed class ComputationGraph
{
    private readonly int[] _firstDestination; // [source]
    private readonly int[] _firstEdge; // [source + 1]

    /// <summary>Builds the graph of a transformer.</summary>
    /// <param name="config">The transformer's shape.</param>
    public ComputationGraph(TransformerConfig config)
        : this(config.NLayers, config.NHeads, config.ParallelBlocks, config.DModel) { }

    /// <summary>Builds the graph of a transformer.</summary>
    /// <param name="nLayers">Number of blocks, 1 to 1,024.</param>
    /// <param name="nHeads">Heads per block, 1 to 1,024.</param>
    /// <param name="parallelBlocks">Whether an MLP does not see the heads of its own block.</param>
    /// <param name="dModel">Width of the residual stream, where it is known.</param>
    /// <param name="collapsed">Whether a head has one input; else a query, a key and a value input.</param>
    public ComputationGraph(int nLayers, int nHeads, bool parallelBlocks, int? dModel = null, bool collapsed = false)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(nLayers, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(nHeads, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(nLayers, 1_024);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(nHeads, 1_024);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(
            CountEdges(nLayers, nHeads, parallelBlocks, collapsed),
            int.MaxValue
        );
        (NLayers, NHeads, ParallelBlocks, DModel, IsCollapsed) = (nLayers, nHeads, parallelBlocks, dModel, collapsed);
        SourceCount = 1 + nLayers * (nHeads + 1);
        DestinationCount = nLayers * DestinationsPerLayer + 1;
        Nodes = [.. Enumerable.Range(0, SourceCount).Select(MakeSource), new LogitsNode()];
        _firstDestination = [.. Enumerable.Range(0, SourceCount).Select(FirstDestinationOf)];
        _firstEdge = new int[SourceCount + 1];
        for (int source = 0; source < SourceCount; source++)
        {
            _firstEdge[source + 1] = _firstEdge[source] + DestinationCount - _firstDestination[source];
        }
    }

    /// <summary>Number of blocks.</summary>
    public int NLayers { get; }

    /// <summary>Heads per block.</summary>
    public int NHeads { get; }

    /// <summary>Whether an MLP does not see the heads of its own block.</summary>
    public bool ParallelBlocks { get; }

    /// <summary>Whether a head has one input; else a query, a key and a value input.</summary>
    public bool IsCollapsed { get; }

    /// <summary>Width of the residual stream, where it is known; it changes neither nodes nor edges.</summary>
    public int? DModel { get; }

    /// <summary>All nodes: the sources by index, then the logits.</summary>
    public ImmutableArray<Node> Nodes { get; }

    /// <summary>Number of nodes that write: all but the logits.</summary>
    public int SourceCount { get; }

    /// <summary>Number of inputs that are read: three per head (one when collapsed), one per MLP, the logits.</summary>
    public int DestinationCount { get; }

    /// <summary>Number of edges.</summary>
    public int EdgeCount => _firstEdge[SourceCount];

    /// <summary>All edges, by source and then by destination index: the order that breaks ties.</summary>
    public IEnumerable<Edge> Edges => Enumerable.Range(0, EdgeCount).Select(EdgeAt);

    private int HeadInputsPerLayer => IsCollapsed ? NHeads : 3 * NHeads;

    private int DestinationsPerLayer => HeadInputsPerLayer + 1;

    /// <summary>The node that writes at an index.</summary>
    /// <param name="source">0 to <see cref="SourceCount"/> - 1.</param>
    /// <returns>The node.</returns>
    public Node SourceAt(int source)
    {
        MustBeBelow(source, SourceCount, nameof(source));
        return Nodes[source];
    }

    /// <summary>The node that reads at an index, and for a head which of its three inputs.</summary>
    /// <param name="destination">0 to <see cref="DestinationCount"/> - 1.</param>
    /// <returns>The node and its input.</returns>
    public (Node Node, QkvInput? Input) DestinationAt(int destination)
    {
        MustBeBelow(destination, DestinationCount, nameof(destination));
        Node node = Nodes[ReaderIndex(destination)];
        int place = destination % DestinationsPerLayer;
        return (node, node is AttentionHeadNode && !IsCollapsed ? (QkvInput)(place / NHeads) : null);
    }

    /// <summary>The layer that a node counts for: its block; the input the first and the logits the last.</summary>
    /// <param name="node">A node.</param>
    /// <returns>0 to <see cref="NLayers"/> - 1.</returns>
    public int LayerOf(Node node) =>
        node switch
        {
            AttentionHeadNode head => head.Layer,
            MlpNode mlp => mlp.Layer,
            LogitsNode => NLayers - 1,
            _ => 0,
        };

    /// <summary>Whether another graph has the same nodes and edges.</summary>
    /// <param name="other">A graph.</param>
    /// <returns>Whether layers, heads, their inputs and the kind of block agree.</returns>
    public bool HasShapeOf(ComputationGraph other) => HasNodesOf(other) && IsCollapsed == other.IsCollapsed;

    /// <summary>The graph of the same transformer in which a head has one input.</summary>
    /// <returns>That graph; this one when it is collapsed already.</returns>
    public ComputationGraph Collapse() =>
        IsCollapsed ? this : new ComputationGraph(NLayers, NHeads, ParallelBlocks, DModel, collapsed: true);

    /// <summary>The shape in words, for messages.</summary>
    /// <returns>Layers, heads and the kind of block.</returns>
    public override string ToString() =>
        $"{NLayers} layers of {NHeads} heads in {(ParallelBlocks ? "parallel" : "sequential")} blocks{(IsCollapsed ? " with q, k and v collapsed" : "")}";

    /// <summary>The index of a node's output; null when this graph has no such source.</summary>
    /// <param name="node">A node.</param>
    /// <returns>The source index.</returns>
    public int? SourceIndex(Node node) =>
        node switch
        {
            InputNode => 0,
            AttentionHeadNode head when Has(head) => 1 + head.Layer * (NHeads + 1) + head.Head,
            MlpNode mlp when HasLayer(mlp.Layer) => 1 + mlp.Layer * (NHeads + 1) + NHeads,
            _ => null,
        };

    /// <summary>The index of a node's input; null when this graph has no such destination.</summary>
    /// <param name="node">A node.</param>
    /// <param name="input">For a head of a graph that is not collapsed, which of its inputs; else null.</param>
    /// <returns>The destination index.</returns>
    public int? DestinationIndex(Node node, QkvInput? input = null) =>
        (node, input) switch
        {
            (LogitsNode, null) => DestinationCount - 1,
            (MlpNode mlp, null) when HasLayer(mlp.Layer) => mlp.Layer * DestinationsPerLayer + HeadInputsPerLayer,
            (AttentionHeadNode head, null) when IsCollapsed && Has(head) => head.Layer * DestinationsPerLayer
                + head.Head,
            (AttentionHeadNode head, >= QkvInput.Query and <= QkvInput.Value) when !IsCollapsed && Has(head) =>
                head.Layer * DestinationsPerLayer + (int)input * NHeads + head.Head,
            _ => null,
        };

    /// <summary>The first destination that a source reaches; it reaches all later ones too.</summary>
    /// <param name="source">A source index.</param>
    /// <returns>A destination index.</returns>
    public int FirstDestination(int source)
    {
        MustBeBelow(source, SourceCount, nameof(source));
        return _firstDestination[source];
    }

    /// <summary>The index of the edge between two indices; null when there is none.</summary>
    /// <param name="source">A source index.</param>
    /// <param name="destination">A destination index.</param>
    /// <returns>The edge index, 0 to <see cref="EdgeCount"/> - 1.</returns>
    public int? EdgeIndex(int source, int destination)
    {
        MustBeBelow(source, SourceCount, nameof(source));
        MustBeBelow(destination, DestinationCount, nameof(destination));
        int first = _firstDestination[source];
        return destination < first ? null : _firstEdge[source] + destination - first;
    }

    /// <summary>The index of an edge; null when this graph has no such edge.</summary>
    /// <param name="edge">An edge.</param>
    /// <returns>The edge index, 0 to <see cref="EdgeCount"/> - 1.</returns>
    public int? EdgeIndex(Edge edge) =>
        SourceIndex(edge.Source) is int source && DestinationIndex(edge.Destination, edge.Input) is int destination
            ? EdgeIndex(source, destination)
            : null;

    /// <summary>Whether this graph has an edge.</summary>
    /// <param name="edge">An edge.</param>
    /// <returns>Whether both ends exist and the source comes before the destination.</returns>
    public bool Contains(Edge edge) => EdgeIndex(edge) is not null;

    /// <summary>The edge at an index.</summary>
    /// <param name="edge">0 to <see cref="EdgeCount"/> - 1.</param>
    /// <returns>The edge.</returns>
    public Edge EdgeAt(int edge)
    {
        MustBeBelow(edge, EdgeCount, nameof(edge));
        int found = Array.BinarySearch(_firstEdge, edge);
        int source = found >= 0 ? found : ~found - 1;
        (Node? node, QkvInput? input) = DestinationAt(_firstDestination[source] + edge - _firstEdge[source]);
        return new Edge(Nodes[source], node, input);
    }

    /// <summary>The number of edges of a transformer, without building its graph.</summary>
    /// <param name="nLayers">Number of blocks, L.</param>
    /// <param name="nHeads">Heads per block, H.</param>
    /// <param name="parallelBlocks">Whether an MLP does not see the heads of its own block.</param>
    /// <param name="collapsed">Whether a head has one input.</param>
    /// <returns>(3H+1)(L + (H+1)L(L-1)/2) between blocks, H·L within sequential ones, 1 + L(H+1) to the logits.</returns>
    public static long CountEdges(long nLayers, long nHeads, bool parallelBlocks, bool collapsed = false) =>
        ((collapsed ? 1 : 3) * nHeads + 1) * (nLayers + (nHeads + 1) * (nLayers * (nLayers - 1) / 2))
        + (parallelBlocks ? 0 : nHeads * nLayers)
        + 1
        + nLayers * (nHeads + 1);

    internal bool HasNodesOf(ComputationGraph other) =>
        (NLayers, NHeads, ParallelBlocks) == (other.NLayers, other.NHeads, other.ParallelBlocks);

    // The place in Nodes; null when this graph has no such node.
    internal int? PlaceOf(Node node) => node is LogitsNode ? Nodes.Length - 1 : SourceIndex(node);

    // The place in Nodes of the node that reads at a destination.
    internal int ReaderIndex(int destination)
    {
        (int layer, int place) = Math.DivRem(destination, DestinationsPerLayer);
        int firstHead = 1 + layer * (NHeads + 1);
        return layer == NLayers ? Nodes.Length - 1
            : place == HeadInputsPerLayer ? firstHead + NHeads
            : firstHead + place % NHeads;
    }

    private Node MakeSource(int source)
    {
        (int layer, int place) = Math.DivRem(source - 1, NHeads + 1);
        return source == 0 ? new InputNode()
            : place < NHeads ? new AttentionHeadNode(layer, place)
            : new MlpNode(layer);
    }

    private int FirstDestinationOf(int source) =>
        Nodes[source] switch
        {
            AttentionHeadNode head when !ParallelBlocks => head.Layer * DestinationsPerLayer + HeadInputsPerLayer,
            AttentionHeadNode head => (head.Layer + 1) * DestinationsPerLayer,
            MlpNode mlp => (mlp.Layer + 1) * DestinationsPerLayer,
            _ => 0,
        };

    private bool Has(AttentionHeadNode head) => HasLayer(head.Layer) && head.Head >= 0 && head.Head < NHeads;

    private bool HasLayer(int layer) => layer >= 0 && layer < NLayers;

    private static void MustBeBelow(int index, int count, string name)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, count, name);
    }
}
