using System.Diagnostics;

namespace CircuitPipeline.BuildHost;

/// <summary>This machine.</summary>
public sealed class Machine(Func<string, string?> environment, CancellationToken cancellation) : IMachine
{
    public bool IsRoot => Environment.IsPrivilegedProcess;

    public bool HasProgram(string name) =>
        (environment("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, name)));

    public int Run(string program, string[] arguments, string? log)
    {
        using Process process = new();
        process.StartInfo = new(program, arguments)
        {
            RedirectStandardOutput = log is not null,
            RedirectStandardError = log is not null,
        };
        using TextWriter? file = log is null ? null : TextWriter.Synchronized(File.AppendText(log));
        process.OutputDataReceived += Log;
        process.ErrorDataReceived += Log;
        process.Start();
        if (log is not null)
        {
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
        }

        using CancellationTokenRegistration _ = cancellation.Register(() => process.Kill(entireProcessTree: true));
        process.WaitForExit();
        cancellation.ThrowIfCancellationRequested();
        return process.ExitCode;

        // Nothing at the end of one stream, when the other may still have lines.
        void Log(object _, DataReceivedEventArgs line)
        {
            if (line.Data is not null)
            {
                file?.WriteLine(line.Data);
            }
        }
    }
}
