using System.Diagnostics;
using System.Text.Json;

namespace CircuitPipeline.Testing;

/// <summary>One run of the tool as a process, as a user starts it.</summary>
public sealed record ToolRun(int ExitCode, string Output, string Error)
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "CircuitPipeline.Tool.dll");

    /// <summary>The one document on standard output; fails where there is none, or more than one.</summary>
    public JsonElement Json => JsonDocument.Parse(Output).RootElement;

    public static ToolRun In(string folder, params IEnumerable<string> arguments) =>
        ToItsEnd(StartOf(folder, arguments));

    /// <summary>A run with an environment variable.</summary>
    public static ToolRun With((string Name, string Value) variable, params IEnumerable<string> arguments)
    {
        ProcessStartInfo start = StartOf(AppContext.BaseDirectory, arguments);
        start.Environment[variable.Name] = variable.Value;
        return ToItsEnd(start);
    }

    /// <summary>A run that goes on; its two outputs are the caller's to read.</summary>
    public static Process Start(string folder, params IEnumerable<string> arguments) =>
        Process.Start(StartOf(folder, arguments))!;

    /// <summary>The same with environment variables.</summary>
    public static Process Start(
        string folder,
        IReadOnlyDictionary<string, string> variables,
        params IEnumerable<string> arguments
    )
    {
        ProcessStartInfo start = StartOf(folder, arguments);
        foreach ((string name, string value) in variables)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    /// <summary>Waits for the end of a run.</summary>
    public static ToolRun ToItsEnd(Process process)
    {
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new ToolRun(process.ExitCode, output, error.Result);
    }

    private static ToolRun ToItsEnd(ProcessStartInfo start)
    {
        using Process process = Process.Start(start)!;
        return ToItsEnd(process);
    }

    private static ProcessStartInfo StartOf(string folder, IEnumerable<string> arguments) =>
        new("dotnet", ["exec", Program, .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
}
