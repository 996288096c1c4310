using CircuitPipeline.Testing;
using CircuitPipeline.Tool.Commands;
using Xunit;

namespace CircuitPipeline.TorchTests.ToolFront;

/// <summary>Every verb's example in the README, run in the README's order.</summary>
public sealed class ReadmeVerbs : IDisposable
{
    private const string Command = "dotnet circuit ";

    private static readonly string[] Examples =
    [
        .. File.ReadLines(Path.Combine(RepositoryRoot.Path, "README.md"))
            .Where(line => line.StartsWith(Command, StringComparison.Ordinal))
            .Select(line => line[Command.Length..].Split(" #")[0]),
    ];

    private readonly ModelFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Run_as_they_stand()
    {
        // What the README calls the same two commands with the fine-tuned model.
        Assert.Equal(
            0,
            _folder
                .Run("attribute --model tuned --pairs pairs.jsonl --method eap-ig-inputs --out tuned-scores.json")
                .ExitCode
        );
        Assert.Equal(
            0,
            _folder.Run("select --scores tuned-scores.json --selector top-n --edges 50% --out tuned.json").ExitCode
        );

        foreach (string example in Examples)
        {
            ToolRun run = _folder.Run(example);

            Assert.True(run.ExitCode == 0, $"{example}\n{run.Error}");
            Assert.NotEmpty(run.Output);
        }
    }

    [Fact]
    public void Leave_no_verb_out()
    {
        string[] verbs = [.. CommandList.Root().Subcommands.Select(verb => verb.Name)];

        Assert.Equal(verbs.Order(), Examples.Select(example => example.Split(' ')[0]).Distinct().Order());
    }
}
