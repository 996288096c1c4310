using System.Text.Json.Nodes;
using CircuitPipeline.Circuits;
using CircuitPipeline.Testing;

namespace CircuitPipeline.Tests.Circuits;

/// <summary>The paper's own circuits of Pythia-1.4B, whose edges end in heads without saying in which of their inputs.</summary>
/// <remarks>Such an edge is read as the one to the query input: sets, layers and scores are the same, and one graph serves all.</remarks>
internal static class PaperFile
{
    private static readonly ComputationGraph Graph = new(24, 16, parallelBlocks: true);

    private static readonly Lazy<Circuit> BaseFile = new(() => Read("graph_add_sub_mul_div_1.4b_epoch0.json"));
    private static readonly Lazy<Circuit> Rank2File = new(() => Read("graph_add_sub_mul_div_1.4b_r2_epoch4.json"));
    private static readonly Lazy<Circuit> UnionFile = new(() => Read("union_merged_add_sub_mul_div_base.json"));

    public static Circuit Base => BaseFile.Value;

    public static Circuit AfterRank2 => Rank2File.Value;

    public static Circuit UnionOfBases => UnionFile.Value;

    private static Circuit Read(string file)
    {
        var json = JsonNode.Parse(File.ReadAllText(ReferenceFolder.File("finetune-circuits", file)))!;
        return Made.Circuit(
            Graph,
            [
                .. json["edges"]!
                    .AsObject()
                    .Where(edge => (bool)edge.Value!["in_graph"]!)
                    .Select(edge => (Spelled(edge.Key), (double)edge.Value!["score"]!)),
            ]
        );
    }

    private static string Spelled(string name) => Edge.TryParse(name, out _) ? name : name + "<q>";
}
