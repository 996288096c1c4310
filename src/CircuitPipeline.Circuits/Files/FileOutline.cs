using System.Collections.Immutable;
using System.Text.Json;
using CircuitPipeline.Circuits.Graph;
using CircuitPipeline.Circuits.Scores;
using CircuitPipeline.Circuits.Selection;

namespace CircuitPipeline.Circuits.Files;

/// <summary>A first look at a circuit's file: that it is JSON, where its parts are, how many entries they have and in which dialect.</summary>
/// <remarks>Nothing is kept of the entries themselves, so that what is built afterwards can be bounded by their number.</remarks>
internal sealed class FileOutline
{
    private readonly Dictionary<string, Range> _places = [];

    private FileOutline() { }

    /// <summary>Number of entries of <c>nodes</c>.</summary>
    public int Nodes { get; private set; }

    /// <summary>Number of entries of <c>edges</c>.</summary>
    public int Edges { get; private set; }

    /// <summary>Whether nodes are true or false, as in the paper's copy of EAP-IG; else objects, as in EAP-IG 2.0.</summary>
    public bool HasBareNodes { get; private set; }

    /// <summary>Whether the first edge into a head names none of its inputs; null when no edge ends in a head.</summary>
    public bool? IsCollapsed { get; private set; }

    /// <summary>Where a part's value is; null when the file has no such key.</summary>
    public Range? this[string part] => _places.TryGetValue(part, out Range place) ? place : null;

    /// <summary>Reads a file once from end to end.</summary>
    /// <exception cref="JsonException">The text is no JSON.</exception>
    public static FileOutline Of(ReadOnlySpan<byte> json, string source)
    {
        FileOutline outline = new();
        Utf8JsonReader reader = new(json);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new InvalidDataException(
                $"{source}: this is {EntryReader.Kind(ref reader)}, but a JSON object is expected."
            );
        }
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            outline.Look(ref reader, source);
        }
        // There is nothing after the object, or this throws.
        reader.Read();
        return outline;
    }

    private void Look(ref Utf8JsonReader reader, string source)
    {
        string? part =
            reader.ValueTextEquals("cfg") ? "cfg"
            : reader.ValueTextEquals("nodes") ? "nodes"
            : reader.ValueTextEquals("edges") ? "edges"
            : reader.ValueTextEquals(CircuitProvenance.Key) ? CircuitProvenance.Key
            : null;
        reader.Read();
        int start = (int)reader.TokenStartIndex;
        if (part is "nodes" or "edges" && reader.TokenType == JsonTokenType.StartObject)
        {
            CountEntries(ref reader, part);
        }
        else
        {
            reader.Skip();
        }
        if (part is not null && !_places.TryAdd(part, start..(int)reader.BytesConsumed))
        {
            throw new InvalidDataException($"{source}: the file has '{part}' twice, but each key is expected once.");
        }
    }

    private void CountEntries(ref Utf8JsonReader reader, string part)
    {
        char[] buffer = new char[EntryReader.LongestName];
        int count = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (
                part == "edges"
                && IsCollapsed is null
                && Edge.TryParse(EntryReader.Name(ref reader, buffer), out Edge edge)
            )
            {
                IsCollapsed = edge.Destination is AttentionHeadNode ? edge.Input is null : null;
            }
            reader.Read();
            if (part == "nodes" && count == 0)
            {
                HasBareNodes = reader.TokenType is JsonTokenType.True or JsonTokenType.False;
            }
            reader.Skip();
            count++;
        }
        (Nodes, Edges) = part == "nodes" ? (count, Edges) : (Nodes, count);
    }
}

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
        HashSet<Node> used = circuit.Nodes.ToHashSet();
        return !IsPart
            && Nodes
                .Index()
                .All(entry => entry.Item == new NodeListing(used.Contains(circuit.Graph.Nodes[entry.Index])));
    }
}

/// <summary>What a circuit's file says about one node.</summary>
/// <param name="InGraph">Whether the file says that the node is in the circuit.</param>
public sealed record NodeListing(bool InGraph)
{
    /// <summary>The node's score, in metric units; null where it has none.</summary>
    public double? Score { get; init; }

    /// <summary>Which of the node's neurons are in the circuit, <c>[d_model]</c>; null where the file does not say.</summary>
    public ImmutableArray<bool>? Neurons { get; init; }

    /// <summary>The scores of the node's neurons, <c>[d_model]</c>, in metric units; null where they have none.</summary>
    public ImmutableArray<double>? NeuronScores { get; init; }
}
