using System.Collections.Immutable;

namespace CircuitPipeline.Circuits;

/// <summary>What a circuit's file says beside the circuit and its scores, so that writing it again neither loses nor invents anything.</summary>
/// <remarks>
/// The paper's files list only the edges of the circuit; those that they leave out are not in the circuit and score 0 here.
/// A node may be flagged otherwise than the edges at it say, and may have scores of its own. A circuit that is made of one from a file (pruned, collapsed, merged) is a new one and has no listing.
/// </remarks>
public sealed class FileListing
{
    private readonly bool[] _listed; // [edge]
    private readonly bool[] _scored; // [edge]

    internal FileListing(ComputationGraph graph, ImmutableArray<NodeListing?> nodes, bool[] listed, bool[] scored)
    {
        (Nodes, _listed, _scored) = (nodes, listed, scored);
        (EdgesListed, EdgesScored) = (listed.Count(edge => edge), scored.Count(edge => edge));
        IsPart =
            EdgesListed < listed.Length || nodes.Contains(null) || (EdgesScored > 0 && EdgesScored < scored.Length);
        NodeScores = nodes.Any(node => node?.Score is not null)
            ? new NodeScores(graph, [.. nodes.Select(node => node?.Score)])
            : null;
    }

    /// <summary>The entries of the nodes by place in <see cref="ComputationGraph.Nodes"/>; null for a node that the file leaves out.</summary>
    public ImmutableArray<NodeListing?> Nodes { get; }

    /// <summary>The scores of the nodes; null where none has one.</summary>
    public NodeScores? NodeScores { get; }

    /// <summary>Number of edges that the file lists.</summary>
    public int EdgesListed { get; }

    /// <summary>Number of edges that have a score in the file.</summary>
    public int EdgesScored { get; }

    /// <summary>Whether the file leaves out nodes, edges or scores of some of its edges.</summary>
    public bool IsPart { get; }

    /// <summary>Whether the file lists an edge.</summary>
    /// <param name="edge">An edge index of the circuit's graph.</param>
    /// <returns>Whether it does.</returns>
    public bool HasEdge(int edge) => _listed[edge];

    /// <summary>Whether an edge has a score in the file.</summary>
    /// <param name="edge">An edge index of the circuit's graph.</param>
    /// <returns>Whether it has.</returns>
    public bool HasScore(int edge) => _scored[edge];

    /// <summary>Whether the file says no more than the circuit: all nodes and edges, each node flagged as the edges at it say.</summary>
    internal bool SaysNoMoreThan(Circuit circuit)
    {
        var used = circuit.Nodes.ToHashSet();
        return !IsPart
            && Nodes
                .Index()
                .All(entry => entry.Item == new NodeListing(used.Contains(circuit.Graph.Nodes[entry.Index])));
    }
}
