using CircuitPipeline.Circuits.Files;
using CircuitPipeline.Circuits.Scores;
using CircuitPipeline.Circuits.Selection;
using Xunit;

namespace CircuitPipeline.Tests.ToolFront;

public sealed class SelectedCircuits : IDisposable
{
    private readonly CircuitFilesOfATest _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData("top-n")]
    [InlineData("greedy")]
    public void Are_those_of_the_library(string selector)
    {
        ICircuitSelector expected = selector == "top-n" ? new TopN(15) : new Greedy(15);

        InProcess run = Select("--selector", selector, "--edges", "15");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(
            expected.Select(ScoresFile.Read(_files["scores.json"])).Prune().EdgeIndices.ToArray(),
            CircuitFile.Read(_files["c.json"]).EdgeIndices.ToArray()
        );
    }

    [Fact]
    public void By_threshold_have_all_edges_from_it_on()
    {
        Select("--selector", "threshold", "--threshold", "0.25", "--signed", "--no-prune");

        EdgeScores scores = ScoresFile.Read(_files["scores.json"]);
        Assert.Equal(
            Enumerable.Range(0, scores.Values.Length).Where(edge => scores.Values[edge] >= 0.25),
            CircuitFile.Read(_files["c.json"]).EdgeIndices.ToArray()
        );
    }

    [Fact]
    public void Tell_their_edges_before_and_after_pruning()
    {
        InProcess run = Select("--selector", "top-n", "--edges", "15", "--json");

        Circuit circuit = CircuitFile.Read(_files["c.json"]);
        Assert.Equal(15, run.Json.GetProperty("edges").GetProperty("before_pruning").GetInt32());
        Assert.Equal(circuit.EdgeCount, run.Json.GetProperty("edges").GetProperty("after_pruning").GetInt32());
        Assert.True(circuit.EdgeCount < 15);
    }

    [Fact]
    public void Of_nodes_are_those_of_the_library()
    {
        Select("--selector", "top-nodes", "--nodes", "3");

        Assert.Equal(
            new TopNodes(3).Select(ScoresFile.Read(_files["scores.json"])).Prune().EdgeIndices.ToArray(),
            CircuitFile.Read(_files["c.json"]).EdgeIndices.ToArray()
        );
    }

    [Fact]
    public void Of_a_share_are_rounded_down()
    {
        InProcess run = Select("--selector", "top-n", "--edges", "10%", "--no-prune", "--json");

        Assert.Equal(
            CircuitFilesOfATest.Graph.EdgeCount / 10,
            run.Json.GetProperty("edges").GetProperty("after_pruning").GetInt32()
        );
    }

    [Fact]
    public void Keep_every_score_of_the_graph()
    {
        Select("--selector", "top-n", "--edges", "3");

        Assert.Equal(
            ScoresFile.Read(_files["scores.json"]).Values.ToArray(),
            CircuitFile.Read(_files["c.json"]).Scores!.Values.ToArray()
        );
    }

    [Theory]
    [InlineData("--selector top-n", "Error: '--edges' is missing, but 'top-n' needs it.")]
    [InlineData("--selector threshold", "Error: '--threshold' is missing, but 'threshold' needs it.")]
    [InlineData("--selector threshold --threshold 1 --edges 3", "Error: '--edges' has no meaning for 'threshold'.")]
    [InlineData("--selector top-n --edges 3 --threshold 1", "Error: '--threshold' has no meaning for 'top-n'.")]
    [InlineData("--selector top-nodes", "Error: '--nodes' is missing, but 'top-nodes' needs it.")]
    [InlineData("--selector top-n --nodes 3", "Error: '--nodes' has no meaning for 'top-n'.")]
    [InlineData("--selector top-n --edges 0", "Error: '--edges' is '0', but a number of edges from 1")]
    [InlineData("--selector top-n --edges 101%", "Error: '--edges' is '101%', but a number of edges from 1")]
    [InlineData(
        "--selector top-n --edges 999",
        "Error: The number of edges is '999', but the graph has 42 edges: choose 1 to 42."
    )]
    public void Are_refused_when_the_options_do_not_fit(string options, string sentence)
    {
        InProcess run = Select(options.Split(' '));

        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith(sentence, run.Error);
        Assert.False(File.Exists(_files["c.json"]));
    }

    [Fact]
    public void Are_not_selected_where_they_cannot_be_written()
    {
        InProcess run = InProcess.Run([
            "select",
            "--scores",
            _files["scores.json"],
            "--selector",
            "top-n",
            "--edges",
            "3",
            "--out",
            _files.Path,
        ]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("that is a folder; name a file in it.", run.Error);
    }

    private InProcess Select(params string[] options) =>
        InProcess.Run(["select", "--scores", _files["scores.json"], "--out", _files["c.json"], .. options]);
}
