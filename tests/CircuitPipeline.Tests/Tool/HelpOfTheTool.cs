using CircuitPipeline.Tool.Commands;
using VerifyXunit;
using Xunit;

namespace CircuitPipeline.Tests.ToolFront;

/// <summary>What the tool says of itself: a verb or an option that comes, goes or changes its words shows here.</summary>
public sealed class HelpOfTheTool
{
    [Fact]
    public Task Is_the_accepted_one()
    {
        string[] verbs = [.. CommandList.Root().Subcommands.Select(verb => verb.Name)];

        IEnumerable<string> pages = verbs.Select(verb => InProcess.Run(verb, "--help").Output);

        return Verifier.Verify(string.Join("\n", [InProcess.Run("--help").Output, .. pages]));
    }
}
