using CircuitPipeline.Attribution;

namespace CircuitPipeline.Tool.CommandLine;

/// <summary>What a command needs beside its options: the process, where it prints, and when it stops.</summary>
/// <param name="Environment">The process.</param>
/// <param name="Lines">Where lines for a person go: standard output, or standard error beside a JSON document.</param>
internal sealed record CommandContext(ProcessEnvironment Environment, TextWriter Lines)
{
    // Often enough to see that it goes on, seldom enough for a log.
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    /// <summary>The clock.</summary>
    internal TimeProvider Time => Environment.Time;

    /// <summary>Stops the work.</summary>
    internal CancellationToken Cancellation => Environment.Cancellation;

    /// <summary>Prints progress on standard error, at most every two seconds.</summary>
    /// <param name="what">What goes on.</param>
    internal Action<AttributionProgress> Progress(string what) => Progress<AttributionProgress>(what);

    /// <summary>The same for progress of another kind, which says itself in a line.</summary>
    /// <param name="what">What goes on.</param>
    internal Action<T> Progress<T>(string what)
        where T : class
    {
        long last = Time.GetTimestamp();
        return progress =>
        {
            bool isDue = Time.GetElapsedTime(last) >= Interval;
            if (!isDue)
            {
                return;
            }

            last = Time.GetTimestamp();
            Environment.Error.WriteLine($"{what}: {progress}");
        };
    }
}
