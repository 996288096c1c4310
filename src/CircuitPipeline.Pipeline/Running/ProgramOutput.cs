using System.ComponentModel;
using System.Diagnostics;

namespace CircuitPipeline.Pipeline.Running;

/// <summary>What a program of the machine says when it is asked.</summary>
internal static class ProgramOutput
{
    /// <summary>Its standard output; null where there is no such program, or it fails.</summary>
    /// <param name="program">Its name in the path, or its file.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="folder">Where it runs; by default here.</param>
    internal static string? Of(string program, IEnumerable<string> arguments, string folder = "")
    {
        ProcessStartInfo start = new(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using Process process = Process.Start(start)!;
            process.ErrorDataReceived += (_, _) => { };
            process.BeginErrorReadLine();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? output : null;
        }
        catch (Exception cause) when (cause is Win32Exception or IOException)
        {
            return null;
        }
    }
}
