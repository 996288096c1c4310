using System.Diagnostics;
using Xunit;

namespace CircuitPipeline.TorchTests;

/// <summary>This assembly as a process of its own that does one named thing, see <see cref="Program"/>.</summary>
internal static class ChildProcess
{
    /// <summary>Does it; without a core file, which would hold all of libtorch.</summary>
    internal static (int ExitCode, string Error) Run(string name)
    {
        string assembly = typeof(ChildProcess).Assembly.Location;
        ProcessStartInfo start = OperatingSystem.IsWindows()
            ? new("dotnet", [assembly, name])
            : new("sh", ["-c", "ulimit -c 0; exec dotnet \"$0\" \"$1\"", assembly, name]);
        start.RedirectStandardError = true;
        using Process process = Process.Start(start)!;
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, error);
    }

    internal static void MustSucceed(string name)
    {
        (int exitCode, string error) = Run(name);
        Assert.True(exitCode == 0, $"'{name}' ended with {exitCode}: {error}");
    }
}
