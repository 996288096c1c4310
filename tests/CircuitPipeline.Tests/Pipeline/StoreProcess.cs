using System.Diagnostics;
using CircuitPipeline.StoreHost;

namespace CircuitPipeline.Tests.PipelineStore;

/// <summary>A real process that uses a store; killed, if it still runs, when disposed.</summary>
internal sealed class StoreProcess : IDisposable
{
    private readonly Process _process;

    private StoreProcess(Process process) => _process = process;

    public int Id => _process.Id;

    public static StoreProcess Start(params string[] arguments)
    {
        ProcessStartInfo start = new("dotnet", [typeof(SmallStudy).Assembly.Location, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return new StoreProcess(Process.Start(start)!);
    }

    /// <summary>Reads its lines up to the first that begins so.</summary>
    public void WaitForLine(string beginning)
    {
        while (_process.StandardOutput.ReadLine() is { } line)
        {
            if (line.StartsWith(beginning, StringComparison.Ordinal))
            {
                return;
            }
        }

        throw new InvalidOperationException(
            $"The store host ended without saying '{beginning}': {_process.StandardError.ReadToEnd()}"
        );
    }

    /// <summary>Kills it as the operating system would: no handler, no finally, no flush.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    /// <summary>Waits for its end; all lines that it has printed.</summary>
    public string[] Finish()
    {
        Task<string> errors = _process.StandardError.ReadToEndAsync();
        string[] lines = _process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        _process.WaitForExit();
        return _process.ExitCode == 0
            ? lines
            : throw new InvalidOperationException($"The store host ended with {_process.ExitCode}: {errors.Result}");
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            Kill();
        }

        _process.Dispose();
    }
}
