using CircuitPipeline.Testing;
using Xunit;

namespace CircuitPipeline.Tests.Documentation;

/// <summary>Every command of README and docs is run by a test, or stands in the list of those that another test covers.</summary>
public sealed class CommandsOfTheDocs
{
    private const string Tool = "dotnet circuit ";
    private const string Bench = "dotnet run -c Release --project bench/CircuitPipeline.Bench -- ";

    private static readonly string[] Commands = [.. DocumentedPage.All.SelectMany(page => page.Commands).Distinct()];

    private static readonly string[] TestedElsewhere =
    [
        .. CommandTestedElsewhere.All.Select(command => command.Command),
    ];

    [Fact]
    public void Are_the_tools_own_or_in_the_list() =>
        Assert.Empty(
            Commands.Where(command => !command.StartsWith(Tool, StringComparison.Ordinal)).Except(TestedElsewhere)
        );

    [Fact]
    public void Leave_no_line_of_the_list_over() => Assert.Empty(TestedElsewhere.Except(Commands));

    [Fact]
    public void Stand_in_the_list_with_a_test_that_there_is()
    {
        string[] sources =
        [
            .. Directory
                .GetFiles(Path.Combine(RepositoryRoot.Path, "tests"), "*.cs", SearchOption.AllDirectories)
                .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}"))
                .Select(File.ReadAllText),
        ];
        bool IsThere(CommandTestedElsewhere command)
        {
            string[] test = command.Test.Split('.');
            return sources.Any(source => source.Contains($" class {test[0]}") && source.Contains($" {test[1]}("));
        }

        Assert.DoesNotContain(CommandTestedElsewhere.All, command => !IsThere(command));
    }

    [Fact]
    public void Name_benchmarks_that_there_are()
    {
        string program = File.ReadAllText(
            Path.Combine(RepositoryRoot.Path, "bench", "CircuitPipeline.Bench", "Program.cs")
        );
        string[] names =
        [
            .. Commands
                .Where(command => command.StartsWith(Bench, StringComparison.Ordinal))
                .Select(command => command[Bench.Length..]),
        ];

        Assert.NotEmpty(names);
        Assert.All(names, name => Assert.Contains($"\"{name}\"", program));
    }

    [Fact]
    public void Stand_in_blocks_without_a_language_and_everything_else_in_blocks_with_one_that_is_known()
    {
        string[] known = ["", "text", "csharp", "xml", "yaml", "json"];

        Assert.All(DocumentedPage.All.SelectMany(page => page.Blocks), block => Assert.Contains(block.Language, known));
        Assert.All(
            DocumentedPage.All,
            page => Assert.Equal(2 * page.Blocks.Count(), page.Text.Split('\n').Count(line => line.StartsWith("```")))
        );
    }
}
