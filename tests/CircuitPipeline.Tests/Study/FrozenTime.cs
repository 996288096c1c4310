namespace CircuitPipeline.Tests.Studies;

/// <summary>A clock that stands, so that printed durations are 0.</summary>
internal sealed class FrozenTime : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    public override long GetTimestamp() => 0;
}
