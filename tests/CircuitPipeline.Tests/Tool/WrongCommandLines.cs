using Xunit;

namespace CircuitPipeline.Tests.ToolFront;

public sealed class WrongCommandLines
{
    [Theory]
    [InlineData("", "Error: a command is missing. Allowed: run, explain, status,")]
    [InlineData("atribute", "Error: unknown command 'atribute'. Did you mean 'attribute'?")]
    [InlineData("select --scors x", "Error: unknown option '--scors' of 'select'. Did you mean '--scores'?")]
    [InlineData("select --selector top-n --out x", "Error: Option '--scores' is required")]
    [InlineData("diff a.json b.json c.json", "Error: 'diff' has no place for 'c.json'")]
    [InlineData("diff a.json", "Error: Required argument 'AFTER.json' missing")]
    [InlineData("select --scores s --selector top --out c", "Error: '--selector' is 'top'. Did you mean 'top-n'?")]
    [InlineData(
        "plan --before a --after b --rule paper --model m --out o --rank x",
        "Error: '--rank' is 'x', but a whole number from 1"
    )]
    [InlineData(
        "plan --before a --after b --rule paper --model m --out o --rank 0",
        "Error: '--rank' is '0', but a whole number from 1"
    )]
    [InlineData(
        "plan --before a --after b --rule paper --model m --out o --seed 1",
        "Error: '--seed' cannot be used here, because the rule 'paper' leaves nothing to chance"
    )]
    [InlineData(
        "plan --before a --after b --rule paper --model m --out o --equal-to 4 --rank 2",
        "Error: '--rank' cannot be used here, because '--equal-to' chooses the ranks"
    )]
    [InlineData(
        "--json doctor",
        "Error: the option '--json' stands before the command; write 'circuit doctor --json'."
    )]
    [InlineData("run --numerics slow", "Error: '--numerics' is 'slow'. Allowed: fast, reproducible.")]
    [InlineData("run --target Reprot", "Error: '--target' is 'Reprot'. Did you mean 'Report'?")]
    [InlineData("run --root nowhere", "Error: '--root' is 'nowhere', but there is no such folder")]
    [InlineData("run --device tpu", "Error: '--device' is 'tpu', but must be 'cpu' or 'cuda'.")]
    [InlineData("diff none.json none.json", "Error: none.json: there is no such file")]
    public void Are_refused_in_one_sentence_with_exit_code_2(string line, string sentence)
    {
        InProcess run = InProcess.Run(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        Assert.Equal(2, run.ExitCode);
        Assert.Equal(line.Contains("--json", StringComparison.Ordinal), run.Output.Length > 0);
        Assert.StartsWith(sentence, run.Error);
        Assert.Single(run.Error.Trim().Split('\n'));
    }

    [Fact]
    public void Are_one_document_with_json()
    {
        InProcess run = InProcess.Run("diff", "none.json", "none.json", "--json");

        Assert.Equal(
            ("none.json: there is no such file; a circuit is read from its JSON file.", 2),
            (run.Json.GetProperty("error").GetString(), run.Json.GetProperty("exit_code").GetInt32())
        );
        Assert.Equal(2, run.ExitCode);
    }

    [Fact]
    public void An_option_without_its_value_is_named()
    {
        InProcess run = InProcess.Run("run", "--target");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("'--target'", run.Error);
    }
}
