using System.Diagnostics;
using System.Text.Json;

namespace CircuitPipeline.Testing;

/// <summary>One run of the tool as a process, as a user starts it.</summary>
public sealed record ToolRun(int ExitCode, string Output, string Error)
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "CircuitPipeline.Tool.dll");

    /// <summary>The one document on standard output; fails where there is none, or more than one.</summary>
    public JsonElement Json => JsonDocument.Parse(Output).RootElement;

    public static ToolRun In(string folder, params IEnumerable<string> arguments)
    {
        using Process process = Start(folder, arguments);
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new ToolRun(process.ExitCode, output, error.Result);
    }

    /// <summary>A run that goes on; its two outputs are the caller's to read.</summary>
    public static Process Start(string folder, params IEnumerable<string> arguments) =>
        Process.Start(
            new ProcessStartInfo("dotnet", ["exec", Program, .. arguments])
            {
                WorkingDirectory = folder,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
}
