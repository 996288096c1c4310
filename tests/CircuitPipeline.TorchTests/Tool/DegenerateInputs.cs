using System.Text.Json;
using CircuitPipeline.Testing;
using Xunit;

namespace CircuitPipeline.TorchTests.ToolFront;

/// <summary>Input from which no answer follows: the tool says what is undefined and why, and gives no number in its place.</summary>
public sealed class DegenerateInputs : IDisposable
{
    private const string Equal = """{"clean": [1, 2, 3], "corrupted": [1, 2, 3], "label": [6, 7]}""";
    private const string Good = """{"clean": [1, 2, 3], "corrupted": [1, 5, 3], "label": [6, 7]}""";
    private const string EqualLabels = """{"clean": [1, 2, 3], "corrupted": [1, 5, 3], "label": [6, 6]}""";
    private const string Method = "--model model --pairs p.jsonl --method eap-ig-inputs";
    private readonly ModelFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(
        Equal + "\n" + Equal,
        "Error: No order of edges follows from these pairs, because the corrupted prompt equals the clean one in all 2 pairs, so that patching changes nothing; give pairs that differ."
    )]
    public void Without_any_effect_are_not_attributed(string pairs, string sentence)
    {
        ToolRun run = Run(pairs, $"attribute {Method} --out s.json");

        Assert.Equal((1, sentence), (run.ExitCode, LastLine(run)));
        Assert.False(File.Exists(_folder["s.json"]));
    }

    [Fact]
    public void In_part_are_attributed_with_a_warning_in_both_forms()
    {
        ToolRun run = Run(Good + "\n" + Equal, $"attribute {Method} --out s.json --json");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("Warning: in 1 of 2 pairs the corrupted prompt equals the clean one", run.Error);
        Assert.StartsWith("in 1 of 2 pairs", run.Json.GetProperty("warnings")[0].GetString());
    }

    [Theory]
    [InlineData($"attribute {Method} --out s.json")]
    [InlineData($"robustness {Method} --edges 50% --by resampled")]
    [InlineData("evaluate --model model --pairs p.jsonl --scores good.json")]
    public void Of_equal_answers_are_refused_or_left_out_where_the_metric_compares_them(string line)
    {
        string other = Good.Replace("[1, 5, 3]", "[1, 9, 3]");
        Run(Good, $"attribute {Method} --out good.json");

        ToolRun refused = Run($"{Good}\n{EqualLabels}\n{other}", line);
        ToolRun dropped = Run($"{Good}\n{EqualLabels}\n{other}", $"{line} --drop-invalid");

        Assert.Equal((2, ""), (refused.ExitCode, refused.Output));
        Assert.Contains("p.jsonl: 1 of 3 rows make no pair:", refused.Error);
        Assert.Contains("1 (line 2): its right and wrong answers are the same", refused.Error);
        Assert.Equal(0, dropped.ExitCode);
        Assert.Contains("Warning: 1 of 3 rows of 'p.jsonl' make no pair and were left out", dropped.Error);
    }

    [Fact]
    public void Of_answers_that_are_not_apart_are_attributed_with_a_warning()
    {
        const string pair =
            """{"clean": [1, 2, 3], "corrupted": [1, 5, 3], "answers": [6, 7], "corrupted_answers": [8, 7]}""";
        const string sentence =
            "in 1 of 2 pairs a token is among the right and the wrong answers; it counts on both sides.";

        ToolRun run = Run($"{pair.Replace("[8, 7]", "[8, 9]")}\n{pair}", $"attribute {Method} --out s.json --json");
        ToolRun divergence = Run(pair, $"attribute {Method} --metric kl-divergence --out s.json --json");

        Assert.Equal(sentence, Assert.Single(run.Json.GetProperty("warnings").EnumerateArray()).GetString());
        Assert.Equal(0, divergence.ExitCode);
        Assert.False(divergence.Json.TryGetProperty("warnings", out _));
    }

    [Fact]
    public void Have_no_faithfulness()
    {
        const string pairs = Equal;
        Run(Good, $"attribute {Method} --out s.json");
        Run(Good, "select --scores s.json --selector top-n --edges 50% --out c.json");

        ToolRun text = Run(pairs, "evaluate --model model --pairs p.jsonl --circuit c.json");
        ToolRun json = Run(pairs, "evaluate --model model --pairs p.jsonl --circuit c.json --json");
        ToolRun curve = Run(pairs, "evaluate --model model --pairs p.jsonl --scores s.json");

        Assert.Contains("faithfulness undefined", text.Output);
        Assert.Contains("Warning: faithfulness is undefined, because the metric is", text.Error);
        Assert.Equal(JsonValueKind.Null, json.Json.GetProperty("faithfulness").ValueKind);
        Assert.StartsWith("faithfulness is undefined", json.Json.GetProperty("warnings")[0].GetString());
        Assert.EndsWith("CPR undefined, CMD undefined", curve.Output.Trim());
        Assert.Contains("Warning: faithfulness is undefined", curve.Error);
    }

    [Theory]
    [InlineData(Good, "Error: There is one pair, so 'resampled' has no other one to find a circuit with")]
    [InlineData(Equal + "\n" + Equal, "Error: Sample 1 of 5 of the pairs: No order of edges follows")]
    [InlineData(Good + "\n" + Good, "Error: The scores are the same with every sample of the pairs")]
    public void Have_no_robustness(string pairs, string sentence)
    {
        ToolRun run = Run(pairs, $"robustness {Method} --edges 50% --by resampled");

        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.StartsWith(sentence, LastLine(run));
    }

    [Fact]
    public void That_are_good_have_no_robustness_of_the_whole_graph()
    {
        string other = Good.Replace("[1, 5, 3]", "[1, 9, 3]");

        ToolRun run = Run(Good + "\n" + other, $"robustness {Method} --edges 100% --by splits --times 2");

        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.Contains("edges of the graph, so the circuits cannot differ; choose fewer.", LastLine(run));
    }

    // A busy machine tells its progress before.
    private static string LastLine(ToolRun run) => run.Error.Trim().Split('\n')[^1];

    private ToolRun Run(string pairs, string line)
    {
        File.WriteAllText(_folder["p.jsonl"], pairs);
        return _folder.Run(line);
    }
}
