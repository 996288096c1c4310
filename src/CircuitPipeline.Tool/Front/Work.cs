using CircuitPipeline.Attribution;

namespace CircuitPipeline.Tool;

/// <summary>A verb at work: where it prints and when it stops.</summary>
/// <param name="Surroundings">The process.</param>
/// <param name="Lines">Where lines for a person go: standard output, or standard error beside a JSON document.</param>
internal sealed record Work(Surroundings Surroundings, TextWriter Lines)
{
    // Often enough to see that it goes on, seldom enough for a log.
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    /// <summary>Stops the work.</summary>
    internal CancellationToken Cancellation => Surroundings.Cancellation;

    /// <summary>Prints progress on standard error, at most every two seconds.</summary>
    /// <param name="what">What goes on.</param>
    internal Action<AttributionProgress> Progress(string what)
    {
        long last = Surroundings.Time.GetTimestamp();
        return progress =>
        {
            bool isDue = Surroundings.Time.GetElapsedTime(last) >= Interval;
            if (!isDue)
                return;
            last = Surroundings.Time.GetTimestamp();
            Surroundings.Error.WriteLine($"{what}: {progress}");
        };
    }
}
