using System.Collections.Immutable;
using System.Text.Json;
using CircuitPipeline.Circuits.Config;
using CircuitPipeline.Circuits.Graph;
using CircuitPipeline.Circuits.Selection;

namespace CircuitPipeline.Circuits.Files;

/// <summary>Reads a circuit from the JSON of EAP-IG in its three dialects; every mistake is one sentence with file, key, found and allowed.</summary>
internal sealed class CircuitReader(ReadOnlyMemory<byte> json, string source)
{
    // A file that leaves out most edges can ask for this many and no more, which take some 150 MB, and for this many nodes
    // for each that it names: the published ones name all nodes, or all of their circuit.
    private const int LargestPart = 1 << 22;
    private const int NodesForOne = 16;

    private readonly FileOutline _outline = FileOutline.Of(json.Span, source);

    public Circuit Read()
    {
        CircuitProvenance? own = Section(CircuitProvenance.Key) is { } fields
            ? new CircuitProvenance(fields, source)
            : null;
        bool mayBePart = own is null
            ? _outline.HasBareNodes || _outline.IsCollapsed == true
            : own.IsPart(_outline.Nodes, _outline.Edges);
        ComputationGraph graph = ReadShape(_outline.IsCollapsed ?? own?.IsCollapsed ?? false, mayBePart);
        ImmutableArray<NodeListing?> nodes = ReadNodes(graph, mayBePart);
        (bool[]? chosen, double[]? values, bool[]? listed, bool[]? scored) = ReadEdges(graph);
        int scoredCount = scored.Count(edge => edge);
        if (!mayBePart && scoredCount > 0 && scoredCount < graph.EdgeCount)
        {
            throw Error($"'{scoredCount}' of the {graph.EdgeCount} edges have a 'score', but all or none is expected.");
        }
        FileListing listing = new(graph, nodes, listed, scored);
        return CircuitProvenance.Attach(own, graph, chosen, scoredCount == 0 ? null : values, listing);
    }

    // The entries are counted before the graph is built, so that a small file cannot ask for a large graph.
    private ComputationGraph ReadShape(bool collapsed, bool mayBePart)
    {
        ConfigFields shape = Section("cfg") ?? throw Error("'cfg' is missing; it holds 'n_layers' and 'n_heads'.");
        (int layers, int heads) = (Size(shape, "n_layers", 1_024), Size(shape, "n_heads", 1_024));
        int? width = shape.WholeOrNull("d_model") is null ? null : Size(shape, "d_model", 1 << 20);
        bool parallel = shape.Flag(false, "parallel_attn_mlp");
        long expected = ComputationGraph.CountEdges(layers, heads, parallel, collapsed);
        int edges = Table("edges", _outline.Edges);
        int nodes = 2 + layers * (heads + 1);
        if (mayBePart && edges < expected && _outline.Nodes < nodes / NodesForOne)
        {
            throw Error(
                $"'nodes' has '{_outline.Nodes}' entries, but this shape of model has {nodes} nodes, of which a file that leaves out edges names at least {nodes / NodesForOne}."
            );
        }
        if (edges == expected || (mayBePart && edges < expected && expected <= LargestPart))
        {
            return new ComputationGraph(layers, heads, parallel, width, collapsed);
        }
        throw Error(
            $"'edges' has '{edges}' entries, but this shape of model has {expected} edges"
                + (mayBePart && edges < expected ? $", and only of {LargestPart} or fewer can some be left out." : ".")
        );
    }

    private int Size(ConfigFields shape, string key, int largest) =>
        shape.WholeOrNull(key) switch
        {
            null => throw Error($"'cfg.{key}' is missing; a whole number is expected."),
            int size when size >= 1 && size <= largest => size,
            int size => throw Error($"'cfg.{key}' is '{size}', but 1 to {largest} is allowed."),
        };

    private ImmutableArray<NodeListing?> ReadNodes(ComputationGraph graph, bool mayBePart)
    {
        Table("nodes", _outline.Nodes);
        NodeListing?[] nodes = new NodeListing?[graph.Nodes.Length];
        char[] buffer = new char[EntryReader.LongestName];
        Utf8JsonReader reader = Open("nodes");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            ReadOnlySpan<char> name = EntryReader.Name(ref reader, buffer);
            if (!Node.TryParse(name, out Node? node) || graph.PlaceOf(node) is not int place)
            {
                throw Error(
                    $"'nodes' has '{MessageText.OneLine(name.ToString())}', but a graph of {graph} has no such node."
                );
            }
            if (nodes[place] is not null)
            {
                throw Error($"'nodes' has '{node}' twice, but each name is expected once.");
            }
            reader.Read();
            nodes[place] = EntryReader.Node(ref reader, source, name);
        }
        return !mayBePart && Array.IndexOf(nodes, null) is >= 0 and var missing
            ? throw Error($"'nodes' lacks '{graph.Nodes[missing]}', but every node of the model is expected.")
            : [.. nodes];
    }

    private (bool[] Chosen, double[] Values, bool[] Listed, bool[] Scored) ReadEdges(ComputationGraph graph)
    {
        (bool[]? chosen, double[]? values) = (new bool[graph.EdgeCount], new double[graph.EdgeCount]);
        (bool[]? listed, bool[]? scored) = (new bool[graph.EdgeCount], new bool[graph.EdgeCount]);
        char[] buffer = new char[EntryReader.LongestName];
        Utf8JsonReader reader = Open("edges");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            // As many entries as edges, no name twice and each an edge of the graph: then none is missing.
            ReadOnlySpan<char> name = EntryReader.Name(ref reader, buffer);
            if (!Edge.TryParse(name, out Edge edge) || graph.EdgeIndex(edge) is not int index)
            {
                throw Error(
                    $"'edges' has '{MessageText.OneLine(name.ToString())}', but a graph of {graph} has no such edge."
                );
            }
            if (listed[index])
            {
                throw Error($"'edges' has '{edge}' twice, but each name is expected once.");
            }
            reader.Read();
            (chosen[index], double? score) = EntryReader.Edge(ref reader, source, name);
            (values[index], listed[index], scored[index]) = (score ?? 0, true, score is not null);
        }
        return (chosen, values, listed, scored);
    }

    // A part's reader, at the opening brace of its value.
    private Utf8JsonReader Open(string part)
    {
        Utf8JsonReader reader = new(json.Span[_outline[part]!.Value]);
        reader.Read();
        return reader;
    }

    private int Table(string part, int entries) =>
        _outline[part] is { } place && json.Span[place][0] == (byte)'{'
            ? entries
            : throw Error($"'{part}' is missing or no object; it holds one entry per name.");

    // A small part as a whole; null when it is missing or null.
    private ConfigFields? Section(string part)
    {
        if (_outline[part] is not { } place)
        {
            return null;
        }
        try
        {
            JsonDocumentOptions options = new() { AllowDuplicateProperties = false };
            using JsonDocument document = JsonDocument.Parse(json[place], options);
            JsonElement value = document.RootElement.Clone();
            return value.ValueKind switch
            {
                JsonValueKind.Null => null,
                JsonValueKind.Object => new ConfigFields(value, source, $"{part}."),
                _ => throw Error($"'{part}' is no object, but one is expected."),
            };
        }
        catch (JsonException cause)
        {
            // That it is JSON was seen before.
            throw new InvalidDataException($"{source}: '{part}' has a key twice, but each is expected once.", cause);
        }
    }

    private InvalidDataException Error(string sentence) => new($"{source}: {sentence}");
}
