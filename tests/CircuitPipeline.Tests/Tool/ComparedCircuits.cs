using System.Text.Json;
using CircuitPipeline.Circuits.Diff;
using CircuitPipeline.Circuits.Files;
using CircuitPipeline.Circuits.Graph;
using CircuitPipeline.Circuits.Selection;
using CircuitPipeline.Testing;
using Xunit;

namespace CircuitPipeline.Tests.ToolFront;

public sealed class ComparedCircuits : IDisposable
{
    private readonly CircuitFilesOfATest _files = new();

    public void Dispose() => _files.Dispose();

    [ReferenceFact]
    public void Of_the_paper_change_as_counted()
    {
        InProcess run = InProcess.Run(
            "diff",
            ReferenceFolder.File("finetune-circuits", "graph_add_sub_mul_div_1.4b_epoch0.json"),
            ReferenceFolder.File("finetune-circuits", "graph_add_sub_mul_div_1.4b_r2_epoch4.json"),
            "--json"
        );

        JsonElement edges = run.Json.GetProperty("edges");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(
            (9_153, 8_397, 5_106, 3_291, 4_047),
            (Count("before"), Count("after"), Count("shared"), Count("added"), Count("removed"))
        );
        Assert.Equal(0.4103, edges.GetProperty("jaccard").GetDouble(), 4);
        Assert.Equal(0.7857, run.Json.GetProperty("nodes").GetProperty("jaccard").GetDouble(), 4);
        JsonElement layer = run.Json.GetProperty("layers")[11];
        Assert.InRange(layer.GetProperty("scores").GetProperty("by_source").GetDouble() / 3.2607e-06, 0.999, 1.001);

        int Count(string key) => edges.GetProperty(key).GetInt32();
    }

    [Fact]
    public void Are_counted_as_the_library_counts()
    {
        CircuitDiff diff = CircuitDiff.Between(
            CircuitFile.Read(_files["before.json"]),
            CircuitFile.Read(_files["after.json"])
        );

        JsonElement edges = Diff("--json").Json.GetProperty("edges");

        Assert.Equal(diff.Edges.Shared.Length, edges.GetProperty("shared").GetInt32());
        Assert.Equal(diff.Edges.ChangeRate, edges.GetProperty("change_rate").GetDouble());
    }

    [Fact]
    public void Collapsed_have_fewer_edges()
    {
        JsonElement whole = Diff("--json").Json;
        JsonElement collapsed = Diff("--json", "--collapse-qkv").Json;

        Assert.True(collapsed.GetProperty("collapsed").GetBoolean());
        Assert.True(Before(collapsed) < Before(whole));

        static int Before(JsonElement diff) => diff.GetProperty("edges").GetProperty("before").GetInt32();
    }

    [Fact]
    public void Name_what_came_and_went_when_asked()
    {
        CircuitDiff diff = CircuitDiff.Between(
            CircuitFile.Read(_files["before.json"]),
            CircuitFile.Read(_files["after.json"])
        );

        string[] lines = Diff("--names").Output.Split('\n');

        Assert.All(diff.Edges.Added, edge => Assert.Contains($"+ {edge.Name}", lines));
        Assert.All(diff.Edges.Removed, edge => Assert.Contains($"- {edge.Name}", lines));
    }

    [Fact]
    public void Merge_into_the_librarys_union()
    {
        Circuit expected = UnionCircuit.Of(
            CircuitFile.Read(_files["before.json"]),
            CircuitFile.Read(_files["after.json"]),
            9
        );

        InProcess run = InProcess.Run(
            "union",
            _files["before.json"],
            _files["after.json"],
            "--edges",
            "9",
            "--out",
            _files["union.json"]
        );

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(File.ReadAllBytes(_files["union.json"]), CircuitFile.Write(expected));
    }

    [Fact]
    public void Of_different_graphs_are_refused()
    {
        File.WriteAllBytes(
            _files["other.json"],
            CircuitFile.Write(new TopN(1).Select(Circuits.Made.Scores(new ComputationGraph(1, 1, true), 1)))
        );

        InProcess run = InProcess.Run("diff", _files["before.json"], _files["other.json"]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("1 layers of 1 heads", run.Error);
    }

    private InProcess Diff(params string[] options) =>
        InProcess.Run(["diff", _files["before.json"], _files["after.json"], .. options]);
}
