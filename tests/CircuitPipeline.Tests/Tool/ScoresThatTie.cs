using CircuitPipeline.Circuits.Files;
using CircuitPipeline.Circuits.Graph;
using CircuitPipeline.Circuits.Scores;
using CircuitPipeline.Circuits.Selection;
using CircuitPipeline.Tests.Circuits;
using Xunit;

namespace CircuitPipeline.Tests.ToolFront;

/// <summary>Where equal scores leave a choice to the order of the edges, the tool says so.</summary>
public sealed class ScoresThatTie : IDisposable
{
    private static readonly ComputationGraph Graph = CircuitFilesOfATest.Graph;
    private readonly CircuitFilesOfATest _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData(0.0, "every score is 0, so no edge comes before another")]
    [InlineData(0.25, "every score is the same, 0.25, so no edge comes before another")]
    public void Everywhere_choose_nothing(double score, string sentence)
    {
        InProcess run = Select(_ => score, "--selector", "top-n", "--edges", "5");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(sentence, run.Error);
        Assert.False(File.Exists(_files["c.json"]));
    }

    [Theory]
    [InlineData("top-n")]
    [InlineData("greedy")]
    public void At_the_cut_are_named(string selector)
    {
        int edges = Graph.EdgeCount;

        InProcess run = Select(edge => edge < edges - 3 ? 0.5 : 2 + edge, "--selector", selector, "--edges", "5");

        Assert.Equal(0, run.ExitCode);
        Assert.Matches(
            @"Warning: the last \d of 5 chosen edges are among \d+ of equal score \(0\.5\), so the edge index chose them\.",
            run.Error
        );
    }

    [Fact]
    public void At_the_cut_are_counted()
    {
        InProcess run = Select(edge => edge < 3 ? -9 + edge : 0, "--selector", "top-n", "--edges", "5");

        Assert.Contains(
            $"Warning: the last 2 of 5 chosen edges are among {Graph.EdgeCount - 3} of equal score (0), so the edge index chose them.",
            run.Error
        );
    }

    [Fact]
    public void By_absolute_value_only_do_not_tie_with_their_sign()
    {
        InProcess absolute = Select(Alternating, "--selector", "top-n", "--edges", "1");
        InProcess signed = Select(Alternating, "--selector", "top-n", "--edges", "1", "--signed");

        Assert.Contains("the last 1 of 1 chosen edges are among 2 of equal score (1000)", absolute.Error);
        Assert.DoesNotContain("equal score", signed.Error);

        static double Alternating(int edge) =>
            edge switch
            {
                0 => -1000,
                1 => 1000,
                _ => edge,
            };
    }

    [Fact]
    public void Of_nodes_are_named()
    {
        InProcess run = Select(edge => edge == 0 ? 7 : 0, "--selector", "top-nodes", "--nodes", "2");

        Assert.Contains("of 2 chosen nodes are among", run.Error);
        Assert.Contains("so the node index chose them.", run.Error);
    }

    [Fact]
    public void Beside_the_cut_are_not_mentioned()
    {
        InProcess run = Select(edge => edge < 5 ? 1 : 0, "--selector", "top-n", "--edges", "5");

        Assert.DoesNotContain("equal score", run.Error);
    }

    [Fact]
    public void In_a_union_are_named()
    {
        foreach (string name in (ReadOnlySpan<string>)["a.json", "b.json"])
        {
            EdgeScores scores = new(Graph, [.. Enumerable.Repeat(0.5, Graph.EdgeCount)], Made.Origin);
            File.WriteAllBytes(
                _files[name],
                CircuitFile.Write(
                    new Circuit(Graph, Enumerable.Range(0, 9), new SelectionOrigin("top-n", 9, Signed: false), scores)
                )
            );
        }

        InProcess run = InProcess.Run([
            .. (string[])["union", _files["a.json"], _files["b.json"], "--edges", "4", "--out", _files["u.json"]],
        ]);

        Assert.Contains("the last 4 of 4 chosen edges are among 9 of equal score (0.5)", run.Error);
    }

    [Fact]
    public void A_circuit_whose_other_edges_score_0_is_no_file_of_scores()
    {
        InProcess.Run([
            .. (string[])["union", _files["before.json"], _files["after.json"], "--out", _files["scores.json"]],
        ]);

        InProcess run = InProcess.Run([
            "select",
            .. (string[])["--scores", _files["scores.json"], "--selector", "top-n", "--edges", "5"],
            .. (string[])["--out", _files["c.json"]],
        ]);
        InProcess whole = InProcess.Run([
            "select",
            .. (string[])["--scores", _files["before.json"], "--selector", "top-n", "--edges", "5"],
            .. (string[])["--out", _files["c.json"]],
        ]);

        Assert.Contains("and the others score 0 in it, so they were not compared", run.Error);
        Assert.DoesNotContain("not compared", whole.Error);
    }

    private InProcess Select(Func<int, double> score, params string[] options)
    {
        EdgeScores scores = new(Graph, [.. Enumerable.Range(0, Graph.EdgeCount).Select(score)], Made.Origin);
        File.WriteAllBytes(_files["s.json"], ScoresFile.Write(scores));
        return InProcess.Run(["select", "--scores", _files["s.json"], "--out", _files["c.json"], .. options]);
    }
}
