using System.Text.Json;
using CircuitPipeline.Circuits.Files;
using CircuitPipeline.Circuits.Scores;
using CircuitPipeline.Tests.Circuits;
using Xunit;

namespace CircuitPipeline.Tests.ToolFront;

/// <summary>Empty circuits, scores of 0, circuits that do not differ: the tool says what is undefined, and gives no number.</summary>
public sealed class CircuitsThatSayNothing : IDisposable
{
    private readonly CircuitFilesOfATest _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void Follow_from_no_scores_that_are_all_0()
    {
        EdgeScores zero = new(
            CircuitFilesOfATest.Graph,
            [.. new double[CircuitFilesOfATest.Graph.EdgeCount]],
            Made.Origin
        );
        File.WriteAllBytes(_files["zero.json"], ScoresFile.Write(zero));

        InProcess run = InProcess.Run([
            "select",
            "--scores",
            _files["zero.json"],
            "--selector",
            "top-n",
            "--edges",
            "5",
            "--out",
            _files["c.json"],
        ]);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("every score is 0, so no edge comes before another", run.Error);
        Assert.False(File.Exists(_files["c.json"]));
    }

    [Fact]
    public void That_are_empty_are_written_with_a_warning()
    {
        InProcess run = Empty("a.json");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal("Warning: the circuit is empty; choose more edges or a lower threshold.", run.Error.Trim());
    }

    [Fact]
    public void That_are_both_empty_have_no_similarity()
    {
        Empty("a.json");
        Empty("b.json");

        InProcess text = InProcess.Run("diff", _files["a.json"], _files["b.json"]);
        InProcess json = InProcess.Run("diff", _files["a.json"], _files["b.json"], "--json");

        Assert.Contains("Jaccard undefined, change rate undefined", text.Output);
        Assert.Contains("Warning: both circuits are empty, so Jaccard and change rate are undefined.", text.Error);
        Assert.Equal(JsonValueKind.Null, json.Json.GetProperty("edges").GetProperty("jaccard").ValueKind);
        Assert.Equal(3, json.Json.GetProperty("warnings").GetArrayLength());
    }

    [Fact]
    public void That_are_files_of_scores_are_told_from_circuits()
    {
        InProcess diff = InProcess.Run("diff", _files["before.json"], _files["scores.json"]);
        InProcess union = InProcess.Run([
            .. (string[])["union", _files["before.json"], _files["scores.json"], "--out", _files["u.json"]],
        ]);
        InProcess plan = InProcess.Run([
            "plan",
            .. (string[])["--before", _files["before.json"], "--after", _files["scores.json"], "--rule", "flips"],
            .. (string[])["--top-k", "1", "--critical-rank", "8", "--model", _files.Model, "--out", _files["plan"]],
        ]);

        string sentence =
            $"Error: {_files["scores.json"]}: this file holds scores and no circuit, since no edge of it is chosen; choose one from it first, as with 'circuit select'.";
        Assert.All(
            [diff, union, plan],
            run => Assert.Equal((1, sentence, ""), (run.ExitCode, run.Error.Trim(), run.Output))
        );
        Assert.False(File.Exists(_files["u.json"]));
    }

    [Fact]
    public void Are_never_written_over_what_is_read()
    {
        byte[] scores = File.ReadAllBytes(_files["scores.json"]);

        InProcess select = InProcess.Run([
            .. (string[])["select", "--scores", _files["scores.json"], "--selector", "top-n", "--edges", "5"],
            .. (string[])["--out", _files["scores.json"]],
        ]);
        InProcess plan = InProcess.Run([
            .. (string[])["plan", "--before", _files["before.json"], "--after", _files["after.json"]],
            .. (string[])["--rule", "flips", "--top-k", "1", "--equal-to", "4"],
            .. (string[])["--model", _files.Model, "--out", _files.Model],
        ]);

        Assert.Equal((2, 2), (select.ExitCode, plan.ExitCode));
        Assert.Contains("which the command reads; name another place.", select.Error);
        Assert.Contains("which the command reads; name another place.", plan.Error);
        Assert.Equal(scores, File.ReadAllBytes(_files["scores.json"]));
    }

    [Theory]
    [InlineData("paper")]
    [InlineData("flips")]
    public void That_do_not_differ_make_no_layer_critical(string rule)
    {
        InProcess run = InProcess.Run([
            "plan",
            .. (string[])["--before", _files["before.json"], "--after", _files["before.json"], "--rule", rule],
            .. (string[])["--top-k", "1", "--critical-rank", "8", "--model", _files.Model, "--out", _files["plan"]],
        ]);

        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith(
            $"Error: The rule '{(rule == "paper" ? "source-layer" : rule)}' finds 0 in every layer, so no layer is critical",
            run.Error
        );
        Assert.False(File.Exists(_files["plan/rank-plan.json"]));
    }

    [Theory]
    [InlineData("--alpha-over-rank 0", "'--alpha-over-rank' is '0', but a number from 0.001 to 1,000 is allowed.")]
    [InlineData("--alpha-over-rank -2", "'--alpha-over-rank' is '-2', but a number from 0.001 to 1,000 is allowed.")]
    [InlineData("--rank 2 --critical-rank 9", "The critical rank is '9', but 2 to 8 is allowed")]
    [InlineData("--rank 4 --critical-rank 3", "The critical rank is '3', but 4 to 8 is allowed")]
    [InlineData("--rank 4097", "'--rank' is '4097', but a whole number from 1 to 4,096 is allowed.")]
    public void Are_planned_within_the_ranges_of_the_spec(string options, string sentence)
    {
        InProcess run = InProcess.Run([
            "plan",
            .. (string[])["--before", _files["before.json"], "--after", _files["after.json"], "--rule", "flips"],
            .. (string[])["--top-k", "1", "--model", _files.Model, "--out", _files["plan"], .. options.Split(' ')],
        ]);

        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith($"Error: {sentence}", run.Error);
    }

    private InProcess Empty(string name)
    {
        File.WriteAllBytes(_files["scores.json"], ScoresFile.Write(Made.Scores(CircuitFilesOfATest.Graph, seed: 1)));
        return InProcess.Run([
            "select",
            .. (string[])["--scores", _files["scores.json"], "--selector", "threshold", "--threshold", "1e9"],
            .. (string[])["--out", _files[name]],
        ]);
    }
}
