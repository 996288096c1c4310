using System.Diagnostics;
using System.Runtime.InteropServices;
using CircuitPipeline.Pipeline.Store;
using Xunit;

namespace CircuitPipeline.Tests.Packages;

/// <summary>A build that is stopped stops the tool, which cleans up first.</summary>
[Collection(PackagesCollection.Name)]
public sealed class StoppedBuild(PackedPackages packages) : IDisposable
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(15);
    private readonly FreshProject _project = packages.NewRestoredProject();

    [Fact]
    public void By_Ctrl_C_lets_the_tool_say_its_last_word()
    {
        Ended build = StopBy(PosixSignal.SIGINT);

        Assert.Equal(1, build.ExitCode);
        Assert.Contains("stopped; what was finished is kept.", build.Output);
        Assert.DoesNotContain(" error ", build.Output);
    }

    // The exit code is the SDK's own affair: it ends with 0.
    [Fact]
    public void By_SIGTERM_leaves_no_tool_either() => StopBy(PosixSignal.SIGTERM);

    public void Dispose() => _project.Dispose();

    private Ended StopBy(PosixSignal signal)
    {
        // Whoever holds the lock of the study's view makes the stage wait for as long as he likes.
        ArtifactStore store = new(_project.PathOf("artifacts/store"), TimeProvider.System);
        string view = Digest.OfText(_project.PathOf("artifacts/tiny")).Short;
        using ItemLock held = store.Lock($"view-{view}", CancellationToken.None);
        using Started build = _project.Start("-t:GenerateData");
        foreach (string item in (string[])["corpus", "target", "other-tasks"])
        {
            build.WaitFor($"GenerateData/{item}: done");
        }

        int tool = Assert.Single(Tools());

        build.Send(signal);

        Ended ended = build.End();
        for (Stopwatch watch = Stopwatch.StartNew(); Tools().Contains(tool); Thread.Sleep(50))
        {
            Assert.True(watch.Elapsed < Grace, "The tool still runs.");
        }

        Assert.Empty(Directory.GetFiles(_project.PathOf("obj"), "*.stamp", SearchOption.AllDirectories));
        return ended;
    }

    /// <summary>The tools at work on this project.</summary>
    private int[] Tools() =>
        [
            .. Process
                .GetProcesses()
                .Select(process => process.Id)
                .Where(id => CommandLine(id) is var line && line.Contains("Tool.dll") && line.Contains(_project.Root)),
        ];

    private static string CommandLine(int process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/cmdline");
        }
        catch (Exception ended) when (ended is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
