using Xunit;

namespace CircuitPipeline.Tests.BuildHost.Bridge;

/// <summary>A stopped build cleans up first, and the shell learns what stopped it.</summary>
[Collection(BridgeCollection.Name)]
public sealed class Signals(BridgeFolder folder)
{
    private const int Interrupt = 2;
    private const int Terminate = 15;

    [Fact]
    public void Ctrl_C_in_the_terminal_waits_for_the_host_and_ends_with_130()
    {
        BridgeRun run = folder.Start(group => BridgeFolder.Signal(-group, Interrupt), "--wait");

        Assert.Equal("cleaned up", run.Lines[^1]);
        Assert.Equal(130, run.ExitCode);
    }

    [Fact]
    public void SIGTERM_to_dotnet_cake_alone_reaches_the_host()
    {
        BridgeRun run = folder.Start(process => BridgeFolder.Signal(process, Terminate), "--wait");

        Assert.Equal("cleaned up", run.Lines[^1]);
        Assert.Equal(143, run.ExitCode);
    }
}
