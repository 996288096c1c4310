using System.Text.Encodings.Web;
using System.Text.Json;

namespace CircuitPipeline.Circuits;

/// <summary>Writes a circuit as the JSON of EAP-IG 2.0.</summary>
internal static class CircuitWriter
{
    // The relaxed encoder leaves the arrows and brackets of edge names readable.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Write(Circuit circuit)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            WriteShape(json, circuit.Graph);
            WriteNodes(json, circuit);
            WriteEdges(json, circuit);
            Provenance.Write(json, circuit);
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
        var used = circuit.Nodes.ToHashSet();
        json.WriteStartObject("nodes");
        foreach (var node in circuit.Graph.Nodes)
        {
            json.WriteStartObject(node.Name);
            json.WriteBoolean("in_graph", used.Contains(node));
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    private static void WriteEdges(Utf8JsonWriter json, Circuit circuit)
    {
        json.WriteStartObject("edges");
        for (var edge = 0; edge < circuit.Graph.EdgeCount; edge++)
        {
            json.WriteStartObject(circuit.Graph.EdgeAt(edge).Name);
            if (circuit.Scores is { } scores)
            {
                json.WriteNumber("score", scores.Values[edge]);
            }
            json.WriteBoolean("in_graph", circuit.Contains(edge));
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }
}
