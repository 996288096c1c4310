using System.Diagnostics;
using System.Text.RegularExpressions;
using CircuitPipeline.Models.Checkpoints;
using CircuitPipeline.Testing;
using TorchSharp;
using Xunit;

namespace CircuitPipeline.TorchTests.Studies;

/// <summary>Adapters over one base that fast numerics train in one pass: what each trained alone is, but for rounding.</summary>
public sealed class StudyTogether : IDisposable
{
    private const string Adapters = "adapter_model.safetensors";
    private static readonly string Tool = Path.Combine(AppContext.BaseDirectory, "CircuitPipeline.Tool.dll");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    [Slow]
    public void Makes_what_is_made_alone_and_goes_on_after_a_kill()
    {
        string together = Run("together", jobs: 1);
        string alone = Run("alone", jobs: 24);
        Run("killed", jobs: 1, until: "FineTune/lora-0-2: step 3");
        string resumed = Run("killed", jobs: 1);

        Assert.Equal(3, Regex.Count(together, @"FineTune/lora-0-\d: done in [0-9.]+ s with 2 more"));
        Assert.Equal(6, Regex.Count(together, @"Retrain/(circuit|random)-lora-0-\d: done in [0-9.]+ s with 5 more"));
        Assert.DoesNotContain(" more (key", alone);
        Assert.DoesNotContain("is made alone now", together);
        Assert.InRange(Regex.Count(resumed, "goes on from the state of"), 1, 3);
        Assert.Equal(3 * 2 + 6, Compare("together", "alone"));
        Assert.Equal(3 * 2 + 6, Compare("killed", "alone"));
    }

    // How many adapters were compared: at the end, and of LoRA at both checkpoints.
    private int Compare(string one, string other)
    {
        string[] files =
        [
            .. Directory
                .GetFiles(_folder.File(one, "artifacts", "small"), Adapters, SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(_folder.File(one), file)),
        ];
        foreach (string file in files)
        {
            using DisposeScope scope = torch.NewDisposeScope();
            Dictionary<string, torch.Tensor> found = Read(_folder.File(one, file));
            Dictionary<string, torch.Tensor> expected = Read(_folder.File(other, file));
            Assert.Equal(expected.Keys.Order(), found.Keys.Order());
            // Where a gradient is 0 but for rounding, AdamW divides it by itself.
            Assert.All(expected, pair => Assert.InRange(ShareOfEqual(pair.Value, found[pair.Key]), 0.99, 1));
        }

        return files.Length;
    }

    private static double ShareOfEqual(torch.Tensor one, torch.Tensor other) =>
        one.isclose(other, 1e-4, 1e-5).to(torch.float64).mean().item<double>();

    private static Dictionary<string, torch.Tensor> Read(string path)
    {
        Dictionary<string, torch.Tensor> tensors = [];
        Safetensors.Read(path, (name, tensor) => tensors.Add(name, tensor.MoveToOuterDisposeScope()));
        return tensors;
    }

    private string Run(string name, int jobs, string? until = null)
    {
        Directory.CreateDirectory(_folder.File(name, "experiments"));
        File.WriteAllText(
            _folder.File(name, "experiments", "small.yaml"),
            SmallSpec.Yaml().Replace("  adapters: 1", "  adapters: 3", StringComparison.Ordinal)
        );
        ProcessStartInfo start = new(
            Environment.ProcessPath!,
            [
                .. (string[])[Tool, "run", "--root", _folder.File(name), "--experiment", "small", "--numerics", "fast"],
                .. (string[])["--jobs", $"{jobs}", "--state-seconds", "0", "--target", "Retrain"],
            ]
        )
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        List<string> lines = [];
        while (process.StandardOutput.ReadLine() is { } line)
        {
            lines.Add(line);
            if (until is not null && line.StartsWith(until, StringComparison.Ordinal))
            {
                process.Kill();
            }
        }

        process.WaitForExit();
        Assert.True(process.ExitCode == 0 || until is not null, string.Join('\n', lines) + error.Result);
        return string.Join('\n', lines);
    }
}
