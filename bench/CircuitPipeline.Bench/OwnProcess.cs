using System.Diagnostics;

namespace CircuitPipeline.Bench;

/// <summary>This program as a process of its own, for one case: what another case leaves behind, or fixes, is not its.</summary>
internal static class OwnProcess
{
    /// <summary>What a case prints.</summary>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    internal static string Output(params string[] arguments)
    {
        // This process may be 'dotnet' or the program's own file, which takes no assembly.
        ProcessStartInfo start = new("dotnet", ["exec", typeof(OwnProcess).Assembly.Location, .. arguments])
        {
            RedirectStandardOutput = true,
        };
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException(
                $"The case '{string.Join(' ', arguments)}' ended with {process.ExitCode}."
            );
    }
}
