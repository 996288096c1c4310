using CircuitPipeline.Testing;
using CircuitPipeline.Tool.Commands;
using Xunit;

namespace CircuitPipeline.TorchTests.ToolFront;

/// <summary>Every command of the tool in README and docs, run page by page in the page's order.</summary>
public sealed class DocumentedCommands : IDisposable
{
    private const string Command = "dotnet circuit ";

    private readonly ModelFolder _folder = new();

    public static TheoryData<string> Pages =>
        [.. DocumentedPage.All.Where(page => Examples(page).Length > 0).Select(page => page.Name)];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Pages))]
    public void Run_as_they_stand(string page)
    {
        foreach (string example in Examples(DocumentedPage.Named(page)))
        {
            ToolRun run = _folder.Run(example);

            Assert.True(run.ExitCode == 0, $"{example}\n{run.Error}");
            Assert.NotEmpty(run.Output);
        }
    }

    [Fact]
    public void Leave_no_verb_out_of_the_tools_page()
    {
        string[] verbs = [.. CommandList.Root().Subcommands.Select(verb => verb.Name)];

        // Those too that another test runs.
        string[] shown =
        [
            .. DocumentedPage
                .Named("docs/tool.md")
                .Commands.Where(command => command.StartsWith(Command, StringComparison.Ordinal))
                .Select(command => command[Command.Length..].Split(' ')[0]),
        ];

        Assert.Equal(verbs.Order(), shown.Distinct().Order());
    }

    private static string[] Examples(DocumentedPage page) =>
        [
            .. page
                .Commands.Except(CommandTestedElsewhere.All.Select(command => command.Command))
                .Where(command => command.StartsWith(Command, StringComparison.Ordinal))
                .Select(command => command[Command.Length..]),
        ];
}
