using CircuitPipeline.Testing;
using Xunit;

namespace CircuitPipeline.Tests.ArchitectureRules;

/// <summary>The README and the build server say the commands that are tested here.</summary>
public sealed class Readme
{
    private static readonly string Text = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "README.md"));

    [Fact]
    public void Names_the_two_commands_before_anything_else()
    {
        string[] code = Text.Split("```")[1].Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(
            ["dotnet tool restore && dotnet cake --target=Report", "dotnet tool restore && dotnet cake --target=Test"],
            code.Where(line => line.StartsWith("dotnet")).Select(line => line.Split('#')[0].Trim())
        );
    }

    [Fact]
    public void The_build_server_runs_the_second_command()
    {
        string[] script = File.ReadAllLines(Path.Combine(RepositoryRoot.Path, ".ci", "run"));

        Assert.Equal(
            ["dotnet tool restore", "dotnet cake --target=Test"],
            script.Where(line => line.StartsWith("dotnet"))
        );
    }

    [Theory]
    [InlineData("src")]
    [InlineData("compat")]
    public void Every_project_is_mentioned(string folder)
    {
        string[] names =
        [
            .. Directory.GetDirectories(Path.Combine(RepositoryRoot.Path, folder)).Select(Path.GetFileName)!,
        ];

        Assert.DoesNotContain(names, name => !Text.Contains(name.Replace("CircuitPipeline.", "")));
    }
}
