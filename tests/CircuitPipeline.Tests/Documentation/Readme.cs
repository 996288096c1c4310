using CircuitPipeline.Testing;
using Xunit;

namespace CircuitPipeline.Tests.Documentation;

/// <summary>The README and the build server say the commands that are tested here.</summary>
public sealed class Readme
{
    private const int MostLines = 120;
    private const int MostColumns = 100;

    private static readonly string Text = DocumentedPage.Named("README.md").Text;

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

    [Fact]
    public void Fits_on_a_few_screens()
    {
        string[] lines = Text.TrimEnd().Split('\n');

        Assert.InRange(lines.Length, 1, MostLines);
        Assert.DoesNotContain(lines, line => line.Length > MostColumns);
    }

    [Theory]
    [InlineData("src")]
    [InlineData("compat")]
    public void Leads_to_a_page_that_mentions_every_project(string folder)
    {
        string[] names =
        [
            .. Directory.GetDirectories(Path.Combine(RepositoryRoot.Path, folder)).Select(Path.GetFileName)!,
        ];

        string pages = string.Concat(DocumentedPage.All.Select(page => page.Text));
        Assert.DoesNotContain(names, name => !pages.Contains(name.Replace("CircuitPipeline.", "")));
    }
}
