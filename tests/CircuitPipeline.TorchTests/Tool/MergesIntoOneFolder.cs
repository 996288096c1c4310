using System.Diagnostics;
using CircuitPipeline.Models;
using CircuitPipeline.Models.Checkpoints;
using CircuitPipeline.Testing;
using CircuitPipeline.TorchTests.Training.Adapters;
using TorchSharp;
using Xunit;

namespace CircuitPipeline.TorchTests.ToolFront;

/// <summary>A merged checkpoint is whole or not there, whoever is killed and whoever else writes it.</summary>
public sealed class MergesIntoOneFolder : IDisposable
{
    private readonly AdapterCase _case = new("published-llama", "lora");
    private readonly TemporaryFolder _folder = new();

    public void Dispose()
    {
        _case.Dispose();
        _folder.Dispose();
    }

    [Slow]
    [Fact]
    public void Leave_nothing_or_all_of_it_when_they_are_killed_and_can_be_done_again()
    {
        string merged = _folder.File("merged");
        // At every moment that can be told from outside: at the start, when its own folder is there, a little later, when the result is.
        Func<bool>[] moments = [() => true, IsBegun, () => IsBegun() && Waited(), () => Directory.Exists(merged)];
        foreach (Func<bool> moment in moments)
        {
            using (Process process = Start())
            {
                SpinWait.SpinUntil(() => moment() || process.HasExited, TimeSpan.FromMinutes(1));
                process.Kill();
                process.WaitForExit();
            }

            if (Directory.Exists(merged))
            {
                MustBeWhole();
                Directory.Delete(merged, recursive: true);
            }

            using Process again = Start();
            ToolRun run = ToolRun.ToItsEnd(again);
            Assert.True(run.ExitCode == 0, run.Error);
            MustBeWhole();
            Directory.Delete(merged, recursive: true);
            foreach (string part in Directory.GetDirectories(_folder.Path))
            {
                Directory.Delete(part, recursive: true);
            }
        }

        bool IsBegun() => Directory.EnumerateDirectories(_folder.Path, "merged.part-*").Any();

        static bool Waited()
        {
            Thread.Sleep(2);
            return true;
        }
    }

    [Fact]
    public void Of_two_at_once_are_one_whole_result_and_at_most_one_refusal()
    {
        using Process one = Start();
        using Process two = Start();
        ToolRun[] runs = [ToolRun.ToItsEnd(one), ToolRun.ToItsEnd(two)];

        Assert.Contains(runs, run => run.ExitCode == 0);
        Assert.All(
            runs.Where(run => run.ExitCode != 0),
            run =>
            {
                Assert.Equal(2, run.ExitCode);
                Assert.Single(run.Error.TrimEnd().Split('\n'));
            }
        );
        MustBeWhole();
        Assert.Equal(["merged"], Directory.GetFileSystemEntries(_folder.Path).Select(Path.GetFileName));
    }

    private void MustBeWhole()
    {
        using Transformer merged = Checkpoint.Load(_folder.File("merged"), torch.float64, torch.CPU);
        Assert.InRange(_case.Distance(merged), 0, 1e-10);
    }

    private Process Start() =>
        ToolRun.Start(
            _folder.Path,
            ["merge", "--model", _case.BaseFolder, "--adapter", _case.Folder, "--out", "merged"]
        );
}
