using Xunit;

namespace CircuitPipeline.Tests.BuildHost.Bridge;

/// <summary>The host is built when its sources are new or changed, and at no other time.</summary>
[Collection(BridgeCollection.Name)]
public sealed class HostRebuild(BridgeFolder folder)
{
    private const string Announcement =
        "Building the build itself (build/Build.csproj), because its sources are new or changed.";
    private const string Failure = "'dotnet build build/Build.csproj -c Release' ended with 1; its messages are above.";

    [Fact]
    public void A_host_that_does_not_compile_ends_the_start()
    {
        BridgeRun run = folder.Broken;

        Assert.Equal(Announcement, run.Lines[0]);
        Assert.Contains("error CS1525", string.Join('\n', run.Lines));
        Assert.Equal((1, $"Error: {Failure}\n"), (run.ExitCode, run.Error));
    }

    [Fact]
    public void A_changed_source_rebuilds_the_host()
    {
        BridgeRun run = folder.Changed;

        Assert.Equal(Announcement, run.Lines[0]);
        Assert.Equal((7, "<--exit=7>"), (run.ExitCode, run.Lines[^1]));
    }

    [Fact]
    public void Nothing_is_built_when_nothing_changed()
    {
        BridgeRun run = folder.Start();

        Assert.Equal((0, 0), (run.ExitCode, run.Lines.Length));
    }
}
