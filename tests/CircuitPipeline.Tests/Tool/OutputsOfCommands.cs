using System.Diagnostics;
using Xunit;

namespace CircuitPipeline.Tests.ToolFront;

/// <summary>What '--out' names is a file that the command may make, and nothing else is touched or left behind.</summary>
public sealed class OutputsOfCommands : IDisposable
{
    private readonly CircuitFilesOfATest _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void Leave_a_link_one_and_write_behind_it()
    {
        Directory.CreateDirectory(_files["far"]);
        File.CreateSymbolicLink(_files["link.json"], "other.json");
        File.CreateSymbolicLink(_files["other.json"], Path.Combine("far", "target.json"));

        InProcess run = Select("link.json");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal("other.json", new FileInfo(_files["link.json"]).LinkTarget);
        Assert.StartsWith("{", File.ReadAllText(_files["far/target.json"]));
    }

    [Fact]
    public void Follow_no_links_in_a_circle()
    {
        File.CreateSymbolicLink(_files["a.json"], "b.json");
        File.CreateSymbolicLink(_files["b.json"], "a.json");

        InProcess run = Select("a.json");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("no file can be written there: too many links lead from one to another.", run.Error);
    }

    [Fact]
    public void Replace_no_pipe_and_no_device()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        using (Process mkfifo = Process.Start("mkfifo", [_files["pipe.json"]]))
        {
            mkfifo.WaitForExit();
        }

        File.CreateSymbolicLink(_files["null.json"], "/dev/null");

        Assert.All(
            [Select("pipe.json"), Select("null.json")],
            run =>
            {
                Assert.Equal(2, run.ExitCode);
                Assert.Contains("that is a device or a pipe, which a result would replace; name a file.", run.Error);
            }
        );
        Assert.Equal("/dev/null", new FileInfo(_files["null.json"]).LinkTarget);
    }

    [Theory]
    [InlineData("scores.json")]
    [InlineData("link.json")]
    [InlineData("folder/scores.json")]
    public void Are_never_what_is_read_by_whatever_way(string output)
    {
        File.CreateSymbolicLink(_files["link.json"], "scores.json");
        Directory.CreateSymbolicLink(_files["folder"], ".");
        byte[] scores = File.ReadAllBytes(_files["scores.json"]);

        InProcess run = Select(output);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("which the command reads; name another place.", run.Error);
        Assert.Equal(scores, File.ReadAllBytes(_files["scores.json"]));
    }

    [Theory]
    [InlineData("model")]
    [InlineData("link")]
    [InlineData("model/plan/deep")]
    [InlineData("link/plan")]
    public void Are_in_no_model_by_whatever_way(string output)
    {
        Directory.CreateSymbolicLink(_files["link"], "model");

        InProcess run = Plan(_files[output]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("which the command reads; name another place.", run.Error);
        Assert.Equal([_files["model/config.json"]], Directory.GetFileSystemEntries(_files.Model));
    }

    [Theory]
    [InlineData("missing.json")]
    [InlineData("before.json")]
    public void That_fail_leave_no_folders(string scores)
    {
        File.WriteAllText(_files["before.json"], "{}");

        InProcess run = InProcess.Run([
            "select",
            .. (string[])["--scores", _files[scores], "--selector", "top-n", "--edges", "5"],
            .. (string[])["--out", _files["new/deep/c.json"]],
        ]);

        Assert.Equal(2, run.ExitCode);
        Assert.False(Directory.Exists(_files["new"]));
    }

    [Fact]
    public void Make_their_folders()
    {
        InProcess run = Select("new/deep/c.json");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal([_files["new/deep/c.json"]], Directory.GetFiles(_files["new/deep"]));
    }

    [Fact]
    public void Lie_in_no_file()
    {
        InProcess run = Select("before.json/c.json");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("is a file; name another folder.", run.Error);
    }

    private InProcess Select(string output) =>
        InProcess.Run([
            "select",
            .. (string[])["--scores", _files["scores.json"], "--selector", "top-n", "--edges", "30"],
            .. (string[])["--out", _files[output]],
        ]);

    private InProcess Plan(string output) =>
        InProcess.Run([
            "plan",
            .. (string[])["--before", _files["before.json"], "--after", _files["after.json"], "--rule", "flips"],
            .. (string[])["--top-k", "1", "--equal-to", "4", "--model", _files.Model, "--out", output],
        ]);
}
