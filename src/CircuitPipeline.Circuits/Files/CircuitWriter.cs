using System.Text.Encodings.Web;
using System.Text.Json;
using CircuitPipeline.Circuits.Graph;
using CircuitPipeline.Circuits.Selection;

namespace CircuitPipeline.Circuits.Files;

/// <summary>Writes a circuit as the JSON of EAP-IG 2.0; of one that was read, what its file said and no more.</summary>
internal static class CircuitWriter
{
    // The writer keeps what it has not passed on; a circuit of a million edges is passed on in pieces.
    private const int LargestPiece = 1 << 20;

    // The relaxed encoder leaves the arrows and brackets of edge names readable.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Write(Circuit circuit, bool isSelected)
    {
        using MemoryStream buffer = new();
        using (Utf8JsonWriter json = new(buffer, Options))
        {
            json.WriteStartObject();
            WriteShape(json, circuit.Graph);
            WriteNodes(json, circuit);
            WriteEdges(json, circuit);
            CircuitProvenance.Write(json, circuit, isSelected);
            json.WriteEndObject();
        }
        buffer.WriteByte((byte)'\n');
        return buffer.ToArray();
    }

    private static void WriteShape(Utf8JsonWriter json, ComputationGraph graph)
    {
        json.WriteStartObject("cfg");
        json.WriteNumber("n_layers", graph.NLayers);
        json.WriteNumber("n_heads", graph.NHeads);
        json.WriteBoolean("parallel_attn_mlp", graph.ParallelBlocks);
        if (graph.DModel is int width)
        {
            json.WriteNumber("d_model", width);
        }
        json.WriteEndObject();
    }

    private static void WriteNodes(Utf8JsonWriter json, Circuit circuit)
    {
        HashSet<Node> used = circuit.Nodes.ToHashSet();
        json.WriteStartObject("nodes");
        foreach ((int place, Node? node) in circuit.Graph.Nodes.Index())
        {
            if (circuit.Listing is not { } listing)
            {
                WriteNode(json, node, new NodeListing(used.Contains(node)));
            }
            else if (listing.Nodes[place] is { } entry)
            {
                WriteNode(json, node, entry);
            }
            PassOn(json);
        }
        json.WriteEndObject();
    }

    private static void WriteNode(Utf8JsonWriter json, Node node, NodeListing entry)
    {
        json.WriteStartObject(node.Name);
        json.WriteBoolean("in_graph", entry.InGraph);
        if (entry.Score is double score)
        {
            json.WriteNumber("score", score);
        }
        if (entry.Neurons is { } neurons)
        {
            json.WriteStartArray("neurons");
            foreach (bool neuron in neurons)
            {
                json.WriteBooleanValue(neuron);
            }
            json.WriteEndArray();
        }
        if (entry.NeuronScores is { } scores)
        {
            json.WriteStartArray("neurons_scores");
            foreach (double one in scores)
            {
                json.WriteNumberValue(one);
            }
            json.WriteEndArray();
        }
        json.WriteEndObject();
    }

    private static void WriteEdges(Utf8JsonWriter json, Circuit circuit)
    {
        json.WriteStartObject("edges");
        foreach ((int edge, string? name) in EdgeNames.Of(circuit.Graph).Index())
        {
            if (circuit.Listing?.HasEdge(edge) == false)
            {
                continue;
            }
            json.WriteStartObject(name);
            if (circuit.Scores is { } scores && circuit.Listing?.HasScore(edge) != false)
            {
                json.WriteNumber("score", scores.Values[edge]);
            }
            json.WriteBoolean("in_graph", circuit.Contains(edge));
            json.WriteEndObject();
            PassOn(json);
        }
        json.WriteEndObject();
    }

    private static void PassOn(Utf8JsonWriter json)
    {
        if (json.BytesPending > LargestPiece)
        {
            json.Flush();
        }
    }
}
