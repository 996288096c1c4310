using System.Text.Json.Nodes;
using CircuitPipeline.Circuits.Graph;
using CircuitPipeline.Circuits.Scores;
using CircuitPipeline.Circuits.Selection;
using CircuitPipeline.Testing;
using Xunit;

namespace CircuitPipeline.Tests.Circuits;

/// <summary>The reference libraries' own choices of edges from their own scores: all of them.</summary>
public sealed class OracleSelections
{
    [Theory]
    [InlineData("neox", "new", 11, 194)]
    [InlineData("gpt2", "new", 11, 194)]
    [InlineData("neox", "old", 7, 84)]
    [InlineData("gpt2", "old", 7, 84)]
    public void Are_chosen_and_pruned_alike(string model, string library, int runs, int selections)
    {
        ComputationGraph graph = new(3, 4, parallelBlocks: model == "neox");
        JsonNode[] selecting = [.. Runs(model, library).Where(run => run["selections"] is JsonArray { Count: > 0 })];

        Assert.Equal((runs, selections), (selecting.Length, selecting.Sum(run => run["selections"]!.AsArray().Count)));
        foreach (JsonNode run in selecting)
        {
            EdgeScores scores = Scores(run, graph);
            Assert.All(run["selections"]!.AsArray(), selection => MustBeAlike(scores, selection!));
        }
    }

    private static void MustBeAlike(EdgeScores scores, JsonNode selection)
    {
        (int edges, bool signed) = ((int)selection["n"]!, !(bool)selection["absolute"]!);
        ICircuitSelector selector = (string)selection["kind"]! switch
        {
            "topn" => new TopN(edges, signed),
            "greedy" => new Greedy(edges, signed),
            _ => throw new InvalidDataException($"{selection["kind"]}"),
        };

        Circuit circuit = selector.Select(scores);
        Circuit pruned = circuit.Prune();

        Assert.Equal(edges, circuit.EdgeCount);
        Assert.Equal(Texts(selection["before_prune"]!["edges"]!), Made.Names(circuit.Edges).ToHashSet());
        Assert.Equal(Texts(selection["after_prune"]!["edges"]!), Made.Names(pruned.Edges).ToHashSet());
        // EAP-IG 2.0 counts the logits as a node even where no edge is left, the paper's copy does not.
        Assert.Equal(
            Texts(selection["after_prune"]!["nodes"]!).Append("logits").ToHashSet(),
            Made.Names(pruned.Nodes).Append("logits").ToHashSet()
        );
    }

    private static IEnumerable<JsonNode> Runs(string model, string library) =>
        JsonNode.Parse(File.ReadAllText(OracleFolder.File($"ref_{model}_{library}_float64.json")))!["runs"]!
            .AsArray()
            .Select(run => run!);

    private static EdgeScores Scores(JsonNode run, ComputationGraph graph) =>
        new(graph, [.. graph.Edges.Select(edge => (double)run["scores"]![edge.Name]!)], Made.Origin);

    private static HashSet<string> Texts(JsonNode list) => [.. list.AsArray().Select(text => (string)text!)];
}
