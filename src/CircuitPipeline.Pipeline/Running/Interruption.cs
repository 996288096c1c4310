using System.Runtime.InteropServices;

namespace CircuitPipeline.Pipeline.Running;

/// <summary>Turns the first Ctrl-C or SIGTERM into a cancelled token; the second one ends the process at once.</summary>
public sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration _interrupt;
    private readonly PosixSignalRegistration _terminate;
    private int _signal;

    /// <summary>Listens from now on.</summary>
    public Interruption()
    {
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Receive(context, 2));
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Receive(context, 15));
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>130 after Ctrl-C, 143 after SIGTERM, as shells expect; null when no signal came.</summary>
    public int? ExitCode => _signal == 0 ? null : 128 + _signal;

    /// <inheritdoc/>
    public void Dispose()
    {
        _interrupt.Dispose();
        _terminate.Dispose();
        _source.Dispose();
    }

    private void Receive(PosixSignalContext context, int signal)
    {
        context.Cancel = Interlocked.CompareExchange(ref _signal, signal, 0) == 0;
        _source.Cancel();
    }
}
