using System.Text.Json.Nodes;
using CircuitPipeline.Circuits;
using CircuitPipeline.Testing;
using Xunit;

namespace CircuitPipeline.Tests.Circuits;

/// <summary>The reference library's own choices of edges from its own scores.</summary>
public sealed class OracleSelections
{
    private static readonly int[] Sizes = [1, 3, 5, 10, 20, 40, 80, 120, 160, 200, 250];

    [ReferenceTheory]
    [InlineData("neox", "new", "eap_ig_inputs_5_ld")]
    [InlineData("neox", "new", "exact_ld_fresh_graph_per_edge")]
    [InlineData("gpt2", "new", "eap_ig_inputs_5_ld")]
    public void By_top_n_are_chosen_and_pruned_alike(string model, string library, string id)
    {
        var run = Run(model, library, id);
        var scores = Scores(run, new ComputationGraph(3, 4, parallelBlocks: model == "neox"));
        var selections = TopN(run);

        Assert.NotEmpty(selections);
        Assert.Subset(Sizes.Append(scores.Graph.EdgeCount).ToHashSet(), selections.Select(Size).ToHashSet());
        Assert.All(
            selections,
            selection =>
            {
                var circuit = new TopN(Size(selection)).Select(scores);
                Assert.Equal(Edges(selection, "before_prune"), circuit.Edges.Select(edge => edge.Name).ToHashSet());
                var pruned = circuit.Prune();
                Assert.Equal(Edges(selection, "after_prune"), pruned.Edges.Select(edge => edge.Name).ToHashSet());
                // The library counts the logits as a node even where no edge is left.
                Assert.Equal(Nodes(selection), pruned.Nodes.Select(node => node.Name).Append("logits").ToHashSet());
            }
        );
    }

    private static JsonNode Run(string model, string library, string id) =>
        JsonNode.Parse(File.ReadAllText(ReferenceFolder.File("oracle", $"ref_{model}_{library}_float64.json")))![
            "runs"
        ]!
            .AsArray()
            .Single(run => (string)run!["id"]! == id)!;

    private static EdgeScores Scores(JsonNode run, ComputationGraph graph) =>
        new(graph, [.. graph.Edges.Select(edge => (double)run["scores"]![edge.Name]!)], Made.Origin);

    private static JsonNode[] TopN(JsonNode run) =>
        [.. run["selections"]!.AsArray().Where(it => (string)it!["kind"]! == "topn" && (bool)it["absolute"]!)!];

    private static int Size(JsonNode selection) => (int)selection["n"]!;

    private static HashSet<string> Edges(JsonNode selection, string when) => Texts(selection[when]!["edges"]!);

    private static HashSet<string> Nodes(JsonNode selection) => Texts(selection["after_prune"]!["nodes"]!);

    private static HashSet<string> Texts(JsonNode list) => [.. list.AsArray().Select(text => (string)text!)];
}
