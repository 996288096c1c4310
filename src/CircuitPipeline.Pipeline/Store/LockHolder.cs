namespace CircuitPipeline.Pipeline.Store;

/// <summary>Who holds a lock, and since when.</summary>
/// <param name="Process">The process.</param>
/// <param name="Since">When it took the lock.</param>
public sealed record LockHolder(ProcessIdentity Process, DateTimeOffset Since)
{
    /// <summary>One phrase for people, as in <c>process 4711 on 'host' since 2026-01-31 12:00:00Z</c>.</summary>
    public override string ToString() =>
        $"process {Process.Id} on '{Process.Host}' since {Since.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z";
}
