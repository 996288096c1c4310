using System.Text;
using System.Text.Json.Nodes;
using CircuitPipeline.Circuits.Graph;
using Xunit;

namespace CircuitPipeline.Tests.Circuits;

/// <summary>Circuit files as the field's programs write them, drawn from a seed, and what it means that two say the same.</summary>
internal static class DialectJson
{
    public const string ObjectNodes = "v2";
    public const string BareNodes = "v1";
    public const string Collapsed = "collapsed";
    public const string CollapsedObjectNodes = "collapsed v2";

    /// <summary>A file whose flags contradict each other, as a program may leave them: every freedom of its dialect is used.</summary>
    public static JsonObject Made(string dialect, int seed)
    {
        Random random = new(seed);
        ComputationGraph graph = new(
            2,
            2,
            parallelBlocks: seed % 2 == 0,
            collapsed: dialect is Collapsed or CollapsedObjectNodes
        );
        bool isPart = dialect != ObjectNodes && random.Next(4) > 0;
        bool Keeps() => !isPart || random.Next(3) > 0;
        JsonObject nodes = [];
        foreach (Node? node in graph.Nodes.Where(_ => Keeps()))
        {
            nodes[node.Name] = dialect is BareNodes or Collapsed ? random.Next(2) == 0 : NodeEntry(random);
        }
        JsonObject edges = [];
        foreach (Edge edge in graph.Edges.Where(edge => Keeps() || edge.Destination is AttentionHeadNode { Layer: 1 }))
        {
            JsonObject entry = [];
            if (Keeps())
            {
                entry["score"] = random.NextDouble() - 0.5;
            }
            entry["in_graph"] = random.Next(2) == 0;
            edges[edge.Name] = entry;
        }
        return new JsonObject
        {
            ["cfg"] = new JsonObject
            {
                ["n_layers"] = graph.NLayers,
                ["n_heads"] = graph.NHeads,
                ["parallel_attn_mlp"] = graph.ParallelBlocks,
                ["d_model"] = 4,
            },
            ["nodes"] = nodes,
            ["edges"] = edges,
        };
    }

    public static byte[] Bytes(JsonNode json) => Encoding.UTF8.GetBytes(json.ToJsonString());

    /// <summary>Every name, flag and score of one file is in the other, and no more: but for bare nodes, which become objects.</summary>
    public static void MustSayTheSame(JsonNode original, JsonNode written) =>
        Assert.Equal(Facts(original), Facts(written));

    private static SortedDictionary<string, string> Facts(JsonNode file)
    {
        SortedDictionary<string, string> facts = new(StringComparer.Ordinal);
        foreach (string? part in new[] { "cfg", "nodes", "edges" })
        {
            foreach ((string? name, JsonNode? value) in file[part]!.AsObject())
            {
                Add(facts, $"{part}.{name}", value!);
            }
        }
        return facts;
    }

    private static void Add(SortedDictionary<string, string> facts, string name, JsonNode value)
    {
        if (value is JsonObject entry)
        {
            foreach ((string? key, JsonNode? inner) in entry)
            {
                Add(facts, $"{name}.{key}", inner!);
            }
        }
        else if (name.StartsWith("nodes.") && name.Count(letter => letter == '.') == (name.Contains(".h") ? 2 : 1))
        {
            facts[$"{name}.in_graph"] = value.ToJsonString();
        }
        else
        {
            facts[name] = value is JsonArray list
                ? string.Join(' ', list.Select(one => Spelled(one!)))
                : Spelled(value);
        }
    }

    // Numbers by their bits, since 1e-05 and 1E-05 are one number.
    private static string Spelled(JsonNode value) =>
        value.GetValueKind() == System.Text.Json.JsonValueKind.Number
            ? BitConverter
                .DoubleToInt64Bits(
                    double.Parse(value.ToJsonString(), System.Globalization.CultureInfo.InvariantCulture)
                )
                .ToString()
            : value.ToJsonString();

    private static JsonObject NodeEntry(Random random)
    {
        JsonObject entry = new() { ["in_graph"] = random.Next(2) == 0 };
        if (random.Next(2) == 0)
        {
            entry["score"] = random.NextDouble() - 0.5;
        }
        if (random.Next(2) == 0)
        {
            entry["neurons"] = new JsonArray([.. Enumerable.Range(0, 4).Select(_ => (JsonNode)(random.Next(2) == 0))]);
            entry["neurons_scores"] = new JsonArray([
                .. Enumerable.Range(0, 4).Select(_ => (JsonNode)random.NextDouble()),
            ]);
        }
        return entry;
    }
}
