using System.Text.Json;
using CircuitPipeline.Circuits.Config;
using CircuitPipeline.Circuits.Graph;
using CircuitPipeline.Testing;
using Xunit;

namespace CircuitPipeline.Tests.Circuits;

public sealed class TransformerGraph
{
    [Theory]
    [InlineData("the tiny study", 6, 4, true, 1_084)]
    [InlineData("GPT-2 small", 12, 12, false, 32_491)]
    [InlineData("Pythia-160m", 12, 12, true, 32_347)]
    [InlineData("Pythia-410m and 1.4B", 24, 16, true, 231_493)]
    [InlineData("Pythia-2.8B", 32, 32, true, 1_591_857)]
    [InlineData("GPT-Neo-2.7B", 32, 20, false, 638_641)]
    [InlineData("Llama-3-8B", 32, 32, false, 1_592_881)]
    public void Edge_counts_are_those_of_the_literature(string model, int layers, int heads, bool parallel, int edges)
    {
        Assert.NotEmpty(model);
        Assert.Equal(edges, ComputationGraph.CountEdges(layers, heads, parallel));
        Assert.Equal(edges, new ComputationGraph(layers, heads, parallel).EdgeCount);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Edges_are_all_ways_from_an_earlier_output_to_a_later_input(bool parallel)
    {
        ComputationGraph graph = new(3, 2, parallel);

        for (int source = 0; source < graph.SourceCount; source++)
        {
            for (int destination = 0; destination < graph.DestinationCount; destination++)
            {
                bool exists = IsBefore(graph.SourceAt(source), graph.DestinationAt(destination).Node, parallel);
                Assert.Equal(exists, graph.EdgeIndex(source, destination) is not null);
            }
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Every_edge_is_found_at_its_index(bool parallel)
    {
        ComputationGraph graph = new(4, 3, parallel);

        Edge[] edges = graph.Edges.ToArray();

        Assert.Equal(graph.EdgeCount, edges.Distinct().Count());
        Assert.All(edges, (edge, index) => Assert.Equal(index, graph.EdgeIndex(edge)));
        Assert.All(edges, edge => Assert.Equal(edge, Edge.Parse(edge.Name)));
    }

    [Fact]
    public void Indices_follow_the_formulas()
    {
        ComputationGraph graph = new(6, 4, parallelBlocks: true);

        Assert.Equal((31, 79), (graph.SourceCount, graph.DestinationCount));
        Assert.Equal(1 + 2 * 5 + 3, graph.SourceIndex(new AttentionHeadNode(2, 3)));
        Assert.Equal(1 + 2 * 5 + 4, graph.SourceIndex(new MlpNode(2)));
        Assert.Equal(2 * 13 + 2 * 4 + 3, graph.DestinationIndex(new AttentionHeadNode(2, 3), QkvInput.Value));
        Assert.Equal(2 * 13 + 12, graph.DestinationIndex(new MlpNode(2)));
        Assert.Equal(78, graph.DestinationIndex(new LogitsNode()));
    }

    [Fact]
    public void Every_node_has_the_index_of_its_place()
    {
        ComputationGraph graph = new(3, 2, parallelBlocks: false);

        Assert.All(Enumerable.Range(0, graph.SourceCount), i => Assert.Equal(i, graph.SourceIndex(graph.SourceAt(i))));
        Assert.All(
            Enumerable.Range(0, graph.DestinationCount),
            i => Assert.Equal(i, graph.DestinationIndex(graph.DestinationAt(i).Node, graph.DestinationAt(i).Input))
        );
        Assert.All(graph.Nodes, node => Assert.Equal(node, Node.Parse(node.Name)));
    }

    [Theory]
    [InlineData("a0.h0->m0")]
    [InlineData("a1.h0->a1.h1<q>")]
    [InlineData("m0->a0.h0<k>")]
    [InlineData("input->a9.h0<q>")]
    [InlineData("input->a0.h9<q>")]
    [InlineData("m9->logits")]
    public void An_edge_that_a_parallel_model_lacks_has_no_index(string name) =>
        Assert.False(new ComputationGraph(3, 4, parallelBlocks: true).Contains(Edge.Parse(name)));

    [Theory]
    [InlineData("")]
    [InlineData("input")]
    [InlineData("input->")]
    [InlineData("input->m0<q>")]
    [InlineData("input->a0.h0<z>")]
    [InlineData("input->a00.h1<q>")]
    [InlineData("input->a-1.h1<q>")]
    [InlineData("input->m99999999999")]
    [InlineData("input->input")]
    [InlineData("logits->m0")]
    [InlineData("input->m0->logits")]
    [InlineData("Input->m0")]
    [InlineData(" input->m0")]
    public void A_text_that_is_no_edge_is_refused(string text)
    {
        FormatException error = Assert.Throws<FormatException>(() => Edge.Parse(text));

        Assert.Equal(
            $"'{text}' is not the name of an edge; names look like 'input->m0' or 'a0.h1->a1.h0<q>'.",
            error.Message
        );
    }

    [Theory]
    [InlineData("a1")]
    [InlineData("a.h1")]
    [InlineData("a1.h")]
    [InlineData("m")]
    [InlineData("m01")]
    [InlineData("x")]
    public void A_text_that_is_no_node_is_refused(string text) =>
        Assert.Throws<FormatException>(() => Node.Parse(text));

    [Theory]
    [InlineData("neox")]
    [InlineData("gpt2")]
    public void Edges_are_those_of_the_reference_library(string model)
    {
        ComputationGraph graph = new(HuggingFaceConfig.Read(OracleFolder.File("models", model)));
        using JsonDocument reference = JsonDocument.Parse(
            File.ReadAllBytes(OracleFolder.File($"ref_{model}_new_float64.json"))
        );

        JsonElement.ArrayEnumerator expected = reference
            .RootElement.GetProperty("meta")
            .GetProperty("edge_order")
            .EnumerateArray();

        Assert.Equal(expected.Select(name => name.GetString()).Order(), graph.Edges.Select(edge => edge.Name).Order());
    }

    // Written without the graph's formulas: stages within a block are heads, then MLP (one stage when parallel).
    private static bool IsBefore(Node source, Node destination, bool parallel) =>
        Stage(source, parallel) < Stage(destination, parallel);

    private static int Stage(Node node, bool parallel) =>
        node switch
        {
            InputNode => -1,
            AttentionHeadNode head => 2 * head.Layer,
            MlpNode mlp => 2 * mlp.Layer + (parallel ? 0 : 1),
            _ => int.MaxValue,
        };
}
