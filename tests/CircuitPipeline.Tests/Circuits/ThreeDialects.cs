using System.Text;
using System.Text.Json.Nodes;
using CircuitPipeline.Circuits.Files;
using CircuitPipeline.Circuits.Graph;
using CircuitPipeline.Circuits.Selection;
using Xunit;

namespace CircuitPipeline.Tests.Circuits;

public sealed class ThreeDialects
{
    private static readonly string[] Dialects =
    [
        DialectJson.ObjectNodes,
        DialectJson.BareNodes,
        DialectJson.Collapsed,
        DialectJson.CollapsedObjectNodes,
    ];

    public static TheoryData<string, int> Files
    {
        get
        {
            TheoryData<string, int> files = [];
            foreach (int seed in Enumerable.Range(0, 4 * 30))
            {
                files.Add(Dialects[seed % 4], seed / 4);
            }
            return files;
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Are_read_and_written_without_losing_or_inventing_anything(string dialect, int seed)
    {
        JsonObject original = DialectJson.Made(dialect, seed);

        byte[] written = CircuitFile.Write(CircuitFile.Parse(DialectJson.Bytes(original), "c.json"));

        DialectJson.MustSayTheSame(original, JsonNode.Parse(written)!);
        Assert.Equal(written, CircuitFile.Write(CircuitFile.Parse(written, "c.json")));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Are_written_with_objects_for_nodes(string dialect, int seed)
    {
        byte[] written = CircuitFile.Write(
            CircuitFile.Parse(DialectJson.Bytes(DialectJson.Made(dialect, seed)), "c.json")
        );

        Assert.All(JsonNode.Parse(written)!["nodes"]!.AsObject(), node => Assert.NotNull(node.Value!["in_graph"]));
    }

    [Fact]
    public void Say_one_circuit_in_three_ways()
    {
        Circuit objects = Parse(
            """
            {"cfg":{"n_layers":1,"n_heads":1,"parallel_attn_mlp":true},
             "nodes":{"input":{"in_graph":true},"a0.h0":{"in_graph":true},"m0":{"in_graph":false},"logits":{"in_graph":true}},
             "edges":{"input->a0.h0<q>":{"score":1,"in_graph":true},"input->a0.h0<k>":{"score":2,"in_graph":true},
              "input->a0.h0<v>":{"score":4,"in_graph":false},"input->m0":{"score":0,"in_graph":false},
              "input->logits":{"score":0,"in_graph":false},"a0.h0->logits":{"score":-3,"in_graph":true},
              "m0->logits":{"score":0,"in_graph":false}}}
            """
        );
        Circuit bare = Parse(
            """
            {"cfg":{"n_layers":1,"n_heads":1,"parallel_attn_mlp":true},
             "nodes":{"logits":true,"m0":false,"a0.h0":true,"input":true},
             "edges":{"a0.h0->logits":{"score":-3,"in_graph":true},"input->a0.h0<k>":{"in_graph":true,"score":2},
              "input->a0.h0<q>":{"score":1,"in_graph":true}}}
            """
        );
        Circuit collapsed = Parse(
            """
            {"cfg":{"n_layers":1,"n_heads":1,"parallel_attn_mlp":true},"nodes":{"input":true,"a0.h0":true,"logits":true},
             "edges":{"input->a0.h0":{"score":3,"in_graph":true},"a0.h0->logits":{"score":-3,"in_graph":true}}}
            """
        );

        Assert.Equal(["input->a0.h0<q>", "input->a0.h0<k>", "a0.h0->logits"], Made.Names(objects.Edges));
        Assert.Equal(Made.Names(objects.Edges), Made.Names(bare.Edges));
        Assert.Equal(Made.Names(objects.Nodes), Made.Names(bare.Nodes));
        Assert.Equal(["input->a0.h0", "a0.h0->logits"], Made.Names(collapsed.Edges));
        Assert.All(
            [objects, bare],
            circuit =>
            {
                Assert.Equal(collapsed.EdgeIndices.ToArray(), circuit.Collapse().EdgeIndices.ToArray());
                Assert.Equal(collapsed.Scores!.Values.ToArray(), circuit.Collapse().Scores!.Values.ToArray());
            }
        );
        Assert.Null(objects.Listing);
    }

    [Fact]
    public void Keep_what_they_say_of_nodes_and_neurons()
    {
        Circuit circuit = Parse(
            """
            {"cfg":{"n_layers":1,"n_heads":1},"nodes":{"input":{"in_graph":false},
             "a0.h0":{"in_graph":true,"score":0.5,"neurons":[true,false],"neurons_scores":[1,-2]},
             "m0":{"in_graph":true},"logits":{"in_graph":true}},"edges":{"input->a0.h0":{"score":1,"in_graph":false}}}
            """
        );

        Assert.Empty(circuit.Nodes);
        Assert.True(circuit.Listing!.Nodes[1]!.InGraph);
        Assert.Equal([null, 0.5, null, null], circuit.Listing.NodeScores!.Values.ToArray());
        Assert.Equal([true, false], circuit.Listing.Nodes[1]!.Neurons!.Value.ToArray());
        Assert.Equal([1, -2], circuit.Listing.Nodes[1]!.NeuronScores!.Value.ToArray());
        Assert.Equal((1, 1, true), (circuit.Listing.EdgesListed, circuit.Listing.EdgesScored, circuit.Listing.IsPart));
        Assert.Null(circuit.Prune().Listing);
    }

    [Fact]
    public void Tell_collapsed_from_not_even_without_an_edge_into_a_head()
    {
        ComputationGraph graph = new(1, 2, parallelBlocks: true, collapsed: true);
        string text = Encoding.UTF8.GetString(CircuitFile.Write(Made.Circuit(graph, "input->m0", "m0->logits")));
        Circuit part = Parse(
            """
            {"cfg":{"n_layers":1,"n_heads":2,"parallel_attn_mlp":true},"nodes":{"input":{"in_graph":true}},
             "edges":{"input->m0":{"in_graph":true}},
             "circuit_pipeline":{"format":1,"collapsed":true,"listed":{"edges":1,"nodes":1}}}
            """
        );

        Assert.Contains("\"circuit_pipeline\":{\"format\":1,\"collapsed\":true", text);
        Assert.True(Parse(text).Graph.HasShapeOf(graph));
        Assert.True(part.Graph.HasShapeOf(graph));
        Assert.Equal(["input->m0"], Made.Names(part.Edges));
    }

    [Fact]
    public void Give_the_same_circuit_however_names_are_escaped()
    {
        Circuit circuit = Made.Circuit(new ComputationGraph(2, 2, true), 3);
        string escaped = Encoding
            .UTF8.GetString(CircuitFile.Write(circuit))
            .Replace(">", "\\u003E")
            .Replace("a", "\\u0061");

        Assert.Equal(
            circuit.EdgeIndices.ToArray(),
            Parse(escaped.Replace("f\\u0061lse", "false").Replace("p\\u0061r\\u0061llel", "parallel"))
                .EdgeIndices.ToArray()
        );
    }

    private static Circuit Parse(string text) => CircuitFile.Parse(Encoding.UTF8.GetBytes(text), "c.json");
}
