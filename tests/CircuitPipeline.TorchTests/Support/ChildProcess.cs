using System.Diagnostics;
using Xunit;

namespace CircuitPipeline.TorchTests;

/// <summary>This assembly as a process of its own that does one named thing, see <see cref="Program"/>.</summary>
internal static class ChildProcess
{
    /// <summary>Does it; without a core file, which would hold all of libtorch.</summary>
    internal static (int ExitCode, string Output, string Error) Run(
        string name,
        params IEnumerable<(string Name, string Value)> variables
    )
    {
        string assembly = typeof(ChildProcess).Assembly.Location;
        ProcessStartInfo start = OperatingSystem.IsWindows()
            ? new("dotnet", [assembly, name])
            : new("sh", ["-c", "ulimit -c 0; exec dotnet \"$0\" \"$1\"", assembly, name]);
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        foreach ((string variable, string value) in variables)
        {
            start.Environment[variable] = value;
        }

        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }

    /// <summary>Does it, and fails where it fails.</summary>
    /// <returns>What it printed.</returns>
    internal static string MustSucceed(string name, params IEnumerable<(string Name, string Value)> variables)
    {
        (int exitCode, string output, string error) = Run(name, variables);
        Assert.True(exitCode == 0, $"'{name}' ended with {exitCode}: {error}");
        return output;
    }
}
