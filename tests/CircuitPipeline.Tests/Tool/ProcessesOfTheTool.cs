using System.Diagnostics;
using CircuitPipeline.Testing;
using CircuitPipeline.Tests.Prompts.Tokenizers;
using Xunit;

namespace CircuitPipeline.Tests.ToolFront;

/// <summary>The tool as a process: what memory hostile files take at most, and how it is without the tokenizer's native library.</summary>
public sealed class ProcessesOfTheTool : IDisposable
{
    private const int Megabyte = 1 << 20;

    private readonly string _folder = Directory.CreateTempSubdirectory("processes-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("clean,corrupted,label\na,\"", "")]
    [InlineData("{\"clean\": \"", "\", \"corrupted\": \"b\"}\n")]
    public void Take_less_than_400_MB_for_a_row_of_100_MB(string before, string after)
    {
        WriteFilled("pairs", before, 'x', after);

        (long peak, string error) = Peak("inspect", "pairs");

        Assert.Contains("2097152", error);
        Assert.InRange(peak, Megabyte, 400L * Megabyte);
    }

    [Fact]
    public void Take_less_than_300_MB_for_a_million_columns()
    {
        File.WriteAllText(Path.Combine(_folder, "pairs"), string.Join(',', Enumerable.Range(0, 1_000_000)) + "\n");

        (long peak, string error) = Peak("inspect", "pairs");

        Assert.Contains("2097152", error);
        Assert.InRange(peak, Megabyte, 300L * Megabyte);
    }

    [Fact]
    public void Take_less_than_1_GB_for_a_tokenizer_of_almost_100_MB()
    {
        string json = MadeTokenizers.Gemma().ToJsonString();
        WriteFilled("tokenizer.json", json[..^1], ' ', "}", 99);

        (long peak, string error) = Peak("inspect", ".");

        Assert.Equal("", error);
        Assert.InRange(peak, 100L * Megabyte, 1024L * Megabyte);
    }

    [Fact]
    public void Without_the_tokenizers_native_library_say_so_in_one_sentence()
    {
        File.WriteAllText(Path.Combine(_folder, "tokenizer.json"), MadeTokenizers.Gemma().ToJsonString());
        string copy = Directory.CreateDirectory(Path.Combine(_folder, "tool")).FullName;
        // The managed parts alone, without the list of the others.
        foreach (string file in Directory.GetFiles(AppContext.BaseDirectory, "*.dll"))
        {
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        }
        const string Settings = "CircuitPipeline.Tool.runtimeconfig.json";
        File.Copy(Path.Combine(AppContext.BaseDirectory, Settings), Path.Combine(copy, Settings));

        using Process process = Process.Start(
            new ProcessStartInfo("dotnet", ["exec", Path.Combine(copy, "CircuitPipeline.Tool.dll"), "inspect", _folder])
            {
                RedirectStandardOutput = true,
            }
        )!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();

        string refused = Assert.Single(output.Split('\n'), line => line.StartsWith("  refused: "));
        Assert.Contains("the native library that reads it is not there for", refused);
        Assert.Equal(0, process.ExitCode);
    }

    // The peak is read while the process lives; it never falls.
    private (long Peak, string Error) Peak(params string[] arguments)
    {
        using Process process = ToolRun.Start(_folder, arguments);
        Task<string> error = process.StandardError.ReadToEndAsync();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        long peak = 0;
        while (!process.WaitForExit(5))
        {
            try
            {
                process.Refresh();
                peak = Math.Max(peak, process.PeakWorkingSet64);
            }
            catch (InvalidOperationException) { } // it ended meanwhile
        }

        Task.WaitAll(error, output);
        return (peak, error.Result);
    }

    private void WriteFilled(string name, string before, char filling, string after, int megabytes = 100)
    {
        using StreamWriter file = new(Path.Combine(_folder, name));
        file.Write(before);
        string part = new(filling, Megabyte);
        for (int i = 0; i < megabytes; i++)
        {
            file.Write(part);
        }
        file.Write(after);
    }
}
