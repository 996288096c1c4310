using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using CircuitPipeline.Tool.CommandLine;

namespace CircuitPipeline.Tool.Doctor;

/// <summary>One run of the <c>dotnet</c> on the path, whose lines are passed on to standard error.</summary>
internal sealed class DotnetProcess : IDisposable
{
    private static readonly TimeSpan SignOfLife = TimeSpan.FromSeconds(10);

    // What Ctrl-C stops in a terminal has time to end by itself.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(100);
    private readonly Process _process;
    private readonly TextWriter _lines;
    private readonly Lock _gate = new();
    private string? _firstError;
    private string? _lastLine;

    private DotnetProcess(Process process, TextWriter lines)
    {
        _process = process;
        _lines = lines;
        process.OutputDataReceived += (_, line) => Read(line.Data);
        process.ErrorDataReceived += (_, line) => Read(line.Data);
    }

    internal int ExitCode => _process.ExitCode;

    /// <summary>The first error that it told, without a full stop.</summary>
    internal string Complaint
    {
        get
        {
            lock (_gate)
            {
                return (_firstError ?? _lastLine ?? $"'dotnet' ended with exit code {ExitCode}").TrimEnd('.');
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _process.Dispose();

    /// <exception cref="EngineNotInstalledException">There is no such program.</exception>
    internal static DotnetProcess Start(IEnumerable<string> arguments, ProcessEnvironment environment)
    {
        ProcessStartInfo start = new("dotnet", arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // So that its errors can be told from its other lines.
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["DOTNET_NOLOGO"] = "1";
        try
        {
            DotnetProcess started = new(new Process { StartInfo = start }, environment.Error);
            started._process.Start();
            started._process.BeginOutputReadLine();
            started._process.BeginErrorReadLine();
            return started;
        }
        catch (Win32Exception problem)
        {
            throw new EngineNotInstalledException(
                $"'dotnet' cannot be started ({problem.Message.TrimEnd('.')}), which brings the packages; put the .NET 10 SDK on the path."
            );
        }
    }

    /// <summary>Waits, with a line every ten seconds so that it is seen to go on.</summary>
    /// <exception cref="OperationCanceledException">It was stopped, and does not run any more.</exception>
    internal void WaitForEnd(ProcessEnvironment environment)
    {
        long begin = environment.Time.GetTimestamp();
        for (int told = 0; !_process.WaitForExit(Glance); )
        {
            if (environment.Cancellation.IsCancellationRequested)
            {
                break;
            }

            TimeSpan past = environment.Time.GetElapsedTime(begin);
            if (past < SignOfLife * (told + 1))
            {
                continue;
            }

            told++;
            _lines.WriteLine(
                string.Create(CultureInfo.InvariantCulture, $"  still at it after {past.TotalSeconds:F0} s")
            );
        }

        if (environment.Cancellation.IsCancellationRequested && !_process.WaitForExit(Grace))
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.WaitForExit(); // for its last lines
        environment.Cancellation.ThrowIfCancellationRequested();
    }

    private void Read(string? line)
    {
        if (string.IsNullOrWhiteSpace(line))
        {
            return;
        }

        lock (_gate)
        {
            _lastLine = line.Trim();
            if (line.StartsWith("error", StringComparison.Ordinal))
            {
                _firstError ??= WithoutType(line);
            }
            else if (_firstError is null && !IsRequest(line))
            {
                _lines.WriteLine($"  {_lastLine}");
            }
        }
    }

    // NuGet indents its requests to the feeds, of which one package needs several.
    private static bool IsRequest(string line) => char.IsWhiteSpace(line[0]);

    // 'error: System.IO.IOException: No space left on device': the words after the exception's type say it; the lines after it are its stack.
    private static string WithoutType(string error)
    {
        string[] parts = error.Split(": ", 3);
        bool hasType =
            parts.Length == 3 && parts[1].EndsWith("Exception", StringComparison.Ordinal) && !parts[1].Contains(' ');
        return hasType ? parts[2] : string.Join(": ", parts.Skip(parts.Length > 1 ? 1 : 0));
    }
}
