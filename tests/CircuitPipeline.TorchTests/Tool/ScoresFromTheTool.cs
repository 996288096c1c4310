using System.Text.Json;
using CircuitPipeline.Circuits.Files;
using CircuitPipeline.Circuits.Graph;
using CircuitPipeline.Circuits.Scores;
using CircuitPipeline.Testing;
using CircuitPipeline.TorchTests.Attribution;
using Xunit;

namespace CircuitPipeline.TorchTests.ToolFront;

public sealed class ScoresFromTheTool : IDisposable
{
    private readonly ModelFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("--method eap-ig-inputs --steps 5 --quadrature left", "eap_ig_inputs_5_ld", 8)]
    [InlineData("--method exact", "exact_ld_fresh_graph_per_edge", 1)]
    public void Are_the_oracles(string options, string id, double factor)
    {
        using Oracle oracle = new("neox");
        string pairs = OraclePairs.Write(_folder["oracle.jsonl"]);

        ToolRun run = _folder.Run(
            $"attribute --model {OraclePairs.ModelFolder} --pairs {pairs} {options} --metric logit-difference --intervention patching --dtype float64 --threads 1 --batch 8 --out s.json --json"
        );

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal(oracle.Graph.EdgeCount, run.Json.GetProperty("edges").GetInt32());
        double[] expected = oracle.Scores(id);
        double largest = expected.Max(Math.Abs) * factor;
        EdgeScores scores = ScoresFile.Read(_folder["s.json"]);
        Assert.All(
            expected.Zip(scores.Values),
            pair => Assert.InRange((pair.Second - pair.First * factor) / largest, -1e-10, 1e-10)
        );
    }

    [Fact]
    public void Are_a_file_that_names_every_edge_and_how_it_was_made()
    {
        Attribute("--dtype float64 --threads 2");

        JsonElement file = JsonDocument.Parse(File.ReadAllText(_folder["s.json"])).RootElement;
        JsonElement edges = file.GetProperty("edges");
        ComputationGraph graph = new(TinyModel.Config());
        Assert.Equal(graph.Edges.Select(edge => edge.Name), edges.EnumerateObject().Select(edge => edge.Name));
        Assert.All(
            edges.EnumerateObject(),
            edge => Assert.Equal(JsonValueKind.False, edge.Value.GetProperty("in_graph").ValueKind)
        );
        JsonElement made = file.GetProperty("circuit_pipeline").GetProperty("scores");
        Assert.Equal(2, made.GetProperty("threads").GetInt32());
        Assert.Equal("float64", made.GetProperty("dtype").GetString());
        Assert.Equal(3, made.GetProperty("examples").GetInt32());
    }

    [Fact]
    public void Are_the_same_bytes_twice()
    {
        Attribute("--threads 1");
        byte[] first = File.ReadAllBytes(_folder["s.json"]);

        Attribute("--threads 1");

        Assert.Equal(first, File.ReadAllBytes(_folder["s.json"]));
    }

    [Theory]
    [InlineData("--method exact --steps 5", "exact")]
    [InlineData("--method eap-ig --steps 5", "'--method' is 'eap-ig'. Allowed: clean-corrupted, eap, ")]
    [InlineData("--method eap-ig-inputs --steps 0", "'--steps' is '0'")]
    [InlineData("--method eap-ig-inputs --metric logit", "'--metric' is 'logit'")]
    [InlineData("--method eap-ig-inputs --intervention zero", "zero")]
    [InlineData("--method eap-ig-inputs --dtype half", "'--dtype' is 'half'")]
    public void Are_refused_when_an_option_does_not_fit(string options, string words)
    {
        ToolRun run = _folder.Run($"attribute --model model --pairs pairs.jsonl {options} --out s.json --json");

        Assert.Equal((2, 2), (run.ExitCode, run.Json.GetProperty("exit_code").GetInt32()));
        Assert.Contains(words, run.Error);
        Assert.Single(run.Error.Trim().Split('\n'));
        Assert.False(File.Exists(_folder["s.json"]));
    }

    [Theory]
    [InlineData(
        """{"clean": [1, 2], "corrupted": [1, 2, 3], "label": [1, 2]}""",
        "1 (line 1): the clean prompt has 2 tokens and the corrupted one 3"
    )]
    [InlineData("""{"clean": [1, 99], "corrupted": [1, 2], "label": [1, 2]}""", "99")]
    [InlineData("""{"clean": "1 + 2", "corrupted": "1 + 3", "label": ["3", "4"]}""", "pairs.jsonl(1): ")]
    public void Are_refused_when_a_pair_does_not_fit(string row, string words)
    {
        File.WriteAllText(_folder["pairs.jsonl"], row + "\n");

        ToolRun run = Attribute("");

        Assert.Equal((2, 2), (run.ExitCode, run.Json.GetProperty("exit_code").GetInt32()));
        Assert.Contains(words, run.Error);
    }

    private ToolRun Attribute(string options) =>
        _folder.Run(
            $"attribute --model model --pairs pairs.jsonl --method eap-ig-inputs {options} --out s.json --json"
        );
}
