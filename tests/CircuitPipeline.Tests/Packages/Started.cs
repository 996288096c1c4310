using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace CircuitPipeline.Tests.Packages;

/// <summary>A running process whose output is kept; killed with its children, if they still run, when disposed.</summary>
public sealed class Started : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private bool _isDisposed;

    private Started(Process process)
    {
        _process = process;
        process.OutputDataReceived += Keep;
        process.ErrorDataReceived += Keep;
    }

    public int Id => _process.Id;

    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    public static Started Now(
        string folder,
        Dictionary<string, string> variables,
        string program,
        IEnumerable<string> arguments
    )
    {
        ProcessStartInfo start = new(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string value) in variables)
        {
            start.Environment[name] = value;
        }

        Started started = new(new Process { StartInfo = start });
        started._process.Start();
        started._process.BeginOutputReadLine();
        started._process.BeginErrorReadLine();
        return started;
    }

    /// <summary>Waits until it has printed this.</summary>
    public void WaitFor(string text)
    {
        for (Stopwatch watch = Stopwatch.StartNew(); !Output.Contains(text); Thread.Sleep(20))
        {
            if (watch.Elapsed > Patience || _process.HasExited)
            {
                throw new InvalidOperationException($"It never said '{text}':\n{Output}");
            }
        }
    }

    public void Send(PosixSignal signal) => Kill(Id, signal == PosixSignal.SIGINT ? 2 : 15);

    /// <summary>Waits for its end, by default two minutes.</summary>
    public Ended End(TimeSpan? patience = null)
    {
        using (this)
        {
            TimeSpan limit = patience ?? Patience;
            if (!_process.WaitForExit(limit))
            {
                throw new TimeoutException($"It has not ended after {limit.TotalSeconds:F0} s:\n{Output}");
            }

            _process.WaitForExit(); // for the last lines
            return new Ended(_process.ExitCode, Output);
        }
    }

    public void Dispose()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is null)
        {
            return; // the end of one stream, while the other may still have lines
        }

        lock (_output)
        {
            _output.AppendLine(line.Data);
        }
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int process, int signal);
}

/// <summary>What is left of a process.</summary>
public sealed record Ended(int ExitCode, string Output);
