using System.Text.Json;

namespace CircuitPipeline.Circuits;

/// <summary>Reads a circuit from the JSON of EAP-IG 2.0; every mistake is one sentence with file, key, found and allowed.</summary>
internal sealed class CircuitReader(JsonElement root, string source)
{
    private readonly ConfigFields _fields = new(root, source);

    public Circuit Read()
    {
        var edges = Table("edges");
        var graph = ReadShape(edges.GetPropertyCount());
        CheckNodes(graph, Table("nodes"));
        var (chosen, values) = ReadEdges(graph, edges);
        return new Provenance(_fields, source).Attach(graph, chosen, values);
    }

    // The edges are counted before the graph is built, so that a small file cannot ask for a large graph.
    private ComputationGraph ReadShape(int edges)
    {
        var shape = _fields.Inner("cfg") ?? throw Error("'cfg' is missing; it holds 'n_layers' and 'n_heads'.");
        var (layers, heads) = (Size(shape, "n_layers", 1_024), Size(shape, "n_heads", 1_024));
        int? width = shape.WholeOrNull("d_model") is null ? null : Size(shape, "d_model", 1 << 20);
        var parallel = shape.Flag(false, "parallel_attn_mlp");
        var expected = ComputationGraph.CountEdges(layers, heads, parallel);
        return edges == expected
            ? new ComputationGraph(layers, heads, parallel, width)
            : throw Error($"'edges' has '{edges}' entries, but this shape of model has {expected} edges.");
    }

    private int Size(ConfigFields shape, string key, int largest) =>
        shape.WholeOrNull(key) switch
        {
            null => throw Error($"'cfg.{key}' is missing; a whole number is expected."),
            int size when size >= 1 && size <= largest => size,
            int size => throw Error($"'cfg.{key}' is '{size}', but 1 to {largest} is allowed."),
        };

    private void CheckNodes(ComputationGraph graph, JsonElement nodes)
    {
        foreach (var node in graph.Nodes)
        {
            if (!nodes.TryGetProperty(node.Name, out var entry))
            {
                throw Error($"'nodes' lacks '{node.Name}', but every node of the model is expected.");
            }
            Entry("nodes", node.Name, entry).Flag(false, "in_graph");
        }
        if (nodes.GetPropertyCount() is var found && found != graph.Nodes.Length)
        {
            throw Error($"'nodes' has '{found}' entries, but this shape of model has {graph.Nodes.Length} nodes.");
        }
    }

    private (bool[] Chosen, double[]? Values) ReadEdges(ComputationGraph graph, JsonElement edges)
    {
        var (chosen, values) = (new bool[graph.EdgeCount], new double[graph.EdgeCount]);
        var scored = 0;
        foreach (var entry in edges.EnumerateObject())
        {
            // As many entries as edges, no name twice and each an edge of the graph: then none is missing.
            if (!Edge.TryParse(entry.Name, out var edge) || graph.EdgeIndex(edge) is not int index)
            {
                throw Error($"'edges' has '{Shortened(entry.Name)}', but a graph of {graph} has no such edge.");
            }
            var fields = Entry("edges", entry.Name, entry.Value);
            chosen[index] = fields.Flag(false, "in_graph");
            if (fields.RealOrNull("score") is double score)
            {
                values[index] = score;
                scored++;
            }
        }
        return scored == graph.EdgeCount || scored == 0
            ? (chosen, scored == 0 ? null : values)
            : throw Error($"'{scored}' of the {graph.EdgeCount} edges have a 'score', but all or none is expected.");
    }

    private JsonElement Table(string key) =>
        root.TryGetProperty(key, out var table) && table.ValueKind == JsonValueKind.Object
            ? table
            : throw Error($"'{key}' is missing or no object; it holds one entry per name.");

    private ConfigFields Entry(string table, string name, JsonElement value) => new(value, $"{source}: {table}.{name}");

    private InvalidCircuitException Error(string sentence) => new($"{source}: {sentence}");

    private static string Shortened(string name) =>
        (name.Length <= 40 ? name : name[..40] + "…").ReplaceLineEndings(" ");
}
