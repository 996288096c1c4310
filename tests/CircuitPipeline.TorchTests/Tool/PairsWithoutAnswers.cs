using System.Text.Json;
using CircuitPipeline.Testing;
using Xunit;

namespace CircuitPipeline.TorchTests.ToolFront;

/// <summary>A divergence needs no answers, from the scores to the evaluation; what needs them says so.</summary>
public sealed class PairsWithoutAnswers : IDisposable
{
    private const string Run = "--model model --pairs none.jsonl";
    private readonly ModelFolder _folder = new();

    public PairsWithoutAnswers() =>
        File.WriteAllText(
            _folder["none.jsonl"],
            """
            {"clean": [1, 2, 3], "corrupted": [1, 5, 3], "answers": []}
            {"clean": [8, 2, 3, 4], "corrupted": [8, 9, 3, 4], "answers": [], "corrupted_answers": []}

            """
        );

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Are_attributed_and_evaluated_by_divergence()
    {
        Succeeds($"attribute {Run} --method eap-ig-inputs --metric kl-divergence --out s.json");
        Succeeds("select --scores s.json --selector top-n --edges 50% --out c.json");

        JsonElement found = Succeeds($"evaluate {Run} --circuit c.json --metric kl-divergence --json").Json;
        ToolRun text = Succeeds($"evaluate {Run} --circuit c.json --metric kl-divergence");
        ToolRun curve = Succeeds($"evaluate {Run} --scores s.json --metric kl-divergence");

        Assert.Equal(2, found.GetProperty("examples").GetInt32());
        Assert.True(found.GetProperty("kl_to_clean").GetDouble() > 0);
        Assert.All(
            found.GetProperty("accuracy").EnumerateObject(),
            value => Assert.Equal(JsonValueKind.Null, value.Value.ValueKind)
        );
        Assert.Contains("no accuracy, because not every pair has an answer, 2 pairs", text.Output);
        Assert.DoesNotContain("accuracy", curve.Output);
    }

    [Theory]
    [InlineData("attribute --method eap-ig-inputs --out s.json")]
    [InlineData("attribute --method exact --metric probability-difference --out s.json")]
    [InlineData("robustness --method eap --edges 50% --by splits --times 2")]
    public void Are_refused_before_the_model_is_read_where_answers_are_needed(string line)
    {
        File.WriteAllText(_folder["model/model.safetensors"], "no weights");

        ToolRun run = _folder.Run($"{line} {Run}");

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains("none.jsonl: 2 of 2 rows make no pair:", run.Error);
        Assert.Contains("2 (lines 1, 2): it has no right answer", run.Error);
    }

    private ToolRun Succeeds(string line)
    {
        ToolRun run = _folder.Run(line);
        Assert.True(run.ExitCode == 0, run.Error);
        return run;
    }
}
