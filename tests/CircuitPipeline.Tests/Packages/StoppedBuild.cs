using System.Diagnostics;
using System.Runtime.InteropServices;
using CircuitPipeline.Store;
using Xunit;

namespace CircuitPipeline.Tests.Packages;

/// <summary>A build that is stopped stops the tool, which cleans up first.</summary>
[Collection(PackagesCollection.Name)]
public sealed class StoppedBuild(PackedPackages packages) : IDisposable
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(15);
    private readonly FreshProject _project = packages.NewProject();

    [Theory]
    [InlineData(PosixSignal.SIGINT)]
    [InlineData(PosixSignal.SIGTERM)]
    public void Leaves_no_tool_behind(PosixSignal signal)
    {
        // Whoever holds the lock of the study's view makes the stage wait for as long as he likes.
        var store = new ArtifactStore(_project.PathOf("artifacts/store"), TimeProvider.System);
        string view = Digest.OfText(_project.PathOf("artifacts/tiny")).Short;
        using ItemLock held = store.Lock($"view-{view}", CancellationToken.None);
        using Started build = _project.Start("-t:GenerateData");
        build.WaitFor("GenerateData/other-tasks: done");
        int tool = Assert.Single(Tools());

        build.Send(signal);

        Assert.NotEqual(0, build.End().ExitCode);
        for (var watch = Stopwatch.StartNew(); Tools().Contains(tool); Thread.Sleep(50))
            Assert.True(watch.Elapsed < Grace, "The tool still runs.");
        Assert.Empty(Directory.GetFiles(_project.PathOf("obj"), "*.stamp", SearchOption.AllDirectories));
    }

    public void Dispose() => _project.Dispose();

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
