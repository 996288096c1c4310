using CircuitPipeline.BuildHost;
using Xunit;

namespace CircuitPipeline.Tests.BuildHost;

/// <summary>What the browser step does on machines with and without a browser.</summary>
public sealed class BrowserSteps
{
    private readonly FakeMachine _machine = new();
    private readonly List<string> _said = [];

    [Fact]
    public void Nothing_is_done_where_there_is_a_browser()
    {
        _machine.Programs.Add("chromium");

        Run();

        Assert.Empty(_machine.Ran);
        Assert.Empty(_said);
    }

    [Fact]
    public void Root_gets_it_installed()
    {
        Run();

        Assert.EndsWith(" update", _machine.Ran[0]);
        Assert.EndsWith(" install -y --no-install-recommends chromium fonts-dejavu-core", _machine.Ran[1]);
    }

    [Fact]
    public void Others_are_told_the_command_and_the_tests_go_on()
    {
        _machine.IsRoot = false;

        Run();

        Assert.Empty(_machine.Ran);
        Assert.Equal(
            "Going on without 'chromium', so the report's browser test is skipped; run 'sudo apt-get update && "
                + "sudo apt-get install -y --no-install-recommends chromium' to have it.",
            Assert.Single(_said)
        );
    }

    private void Run() => new BrowserStep(_machine, "log", _said.Add).Run();
}
