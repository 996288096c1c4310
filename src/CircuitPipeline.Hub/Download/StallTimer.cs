namespace CircuitPipeline.Hub.Download;

/// <summary>Gives up what has not moved for a while.</summary>
internal sealed class StallTimer : IDisposable
{
    private readonly TimeSpan _patience;
    private readonly CancellationTokenSource _source;
    private readonly CancellationTokenRegistration _registration;

    internal StallTimer(TimeSpan patience, TimeProvider time, CancellationToken cancellation)
    {
        _patience = patience;
        _source = new CancellationTokenSource(patience, time);
        _registration = cancellation.Register(_source.Cancel);
    }

    /// <summary>Cancelled when nothing moved, or when the work is stopped.</summary>
    internal CancellationToken Token => _source.Token;

    /// <summary>Something moved.</summary>
    internal void Restart() => _source.CancelAfter(_patience);

    /// <inheritdoc/>
    public void Dispose()
    {
        _registration.Dispose();
        _source.Dispose();
    }
}
