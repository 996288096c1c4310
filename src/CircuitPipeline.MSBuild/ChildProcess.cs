using System.Diagnostics;
using System.Runtime.InteropServices;

namespace CircuitPipeline.MSBuild;

/// <summary>The running tool, to be stopped so that it can clean up; it is also stopped when this process ends.</summary>
internal sealed class ChildProcess : IDisposable
{
    private const int Terminate = 15;

    // Ctrl-C in a terminal has reached the tool as well, and a second signal would end it before it has cleaned up.
    private static readonly TimeSpan ByItself = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Asked = TimeSpan.FromSeconds(5);
    private readonly Process _process;

    /// <summary>Watches over a process that has been started.</summary>
    public ChildProcess(Process process)
    {
        _process = process;
        AppDomain.CurrentDomain.ProcessExit += OnEnd;
    }

    /// <inheritdoc/>
    public void Dispose() => AppDomain.CurrentDomain.ProcessExit -= OnEnd;

    /// <summary>Waits a moment, asks it to end, and waits again; the caller kills what is still there.</summary>
    public void Stop()
    {
        try
        {
            if (!_process.WaitForExit(ByItself) && Ask())
            {
                _process.WaitForExit(Asked);
            }
        }
        catch (InvalidOperationException)
        {
            // It has ended, and MSBuild has let go of it.
        }
    }

    private void OnEnd(object? sender, EventArgs arguments)
    {
        try
        {
            if (!_process.HasExited)
            {
                Ask();
            }
        }
        catch (InvalidOperationException)
        {
            // The same.
        }
    }

    // Windows has no signal that only asks.
    private bool Ask() => !OperatingSystem.IsWindows() && Signal(_process.Id, Terminate) == 0;

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Signal(int process, int signal);
}
