using System.Globalization;
using CircuitPipeline.Attribution;
using CircuitPipeline.Tool.CommandLine;

namespace CircuitPipeline.Tool.Commands;

/// <summary>
/// How long a run will take and what memory it may use, said on standard error after its first batch, and what it took, said at
/// its end; nothing of a run of a few seconds.
/// </summary>
/// <remarks>The time is that of the first batch for all pairs, the memory the declared bound of the shape.</remarks>
/// <param name="what">What goes on.</param>
/// <param name="runs">Runs over all pairs.</param>
/// <param name="bound">The most memory, in bytes; null where none is declared.</param>
/// <param name="isOnProcessor">Whether the process holds the memory that is bounded.</param>
/// <param name="context">The clock, and where it is printed.</param>
internal sealed class RunEstimate(string what, int runs, long? bound, bool isOnProcessor, CommandContext context)
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(5);

    private readonly Action<AttributionProgress> _progress = context.Progress(what);
    private readonly long _start = context.Time.GetTimestamp();
    private bool _isMeasured;

    private TimeSpan Elapsed => context.Time.GetElapsedTime(_start);

    /// <summary>To be called after every batch.</summary>
    internal void Report(AttributionProgress progress)
    {
        if (_isMeasured)
        {
            _progress(progress);
            return;
        }

        _isMeasured = true;
        TimeSpan left = runs * (Elapsed + progress.Remaining) - Elapsed;
        if (left >= Long)
        {
            string memory = bound is { } bytes ? $", at most {Gigabytes(bytes)}" : "";
            context.Environment.Error.WriteLine($"{what}: about {About(left)}{memory}");
        }
    }

    /// <summary>To be called at the end.</summary>
    internal void Finish()
    {
        if (Elapsed < Long)
        {
            return;
        }

        string peak =
            isOnProcessor && context.Environment.PeakMemory() is > 0 and long bytes ? $", peak {Gigabytes(bytes)}" : "";
        context.Environment.Error.WriteLine($"{what}: took {Exactly(Elapsed)}{peak}");
    }

    // In the unit in which a person would wait.
    private static string About(TimeSpan time) =>
        time.TotalSeconds < 90 ? string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(time.TotalSeconds):0} s")
        : time.TotalMinutes < 90 ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalMinutes:0} min")
        : string.Create(CultureInfo.InvariantCulture, $"{time.TotalHours:0.#} h");

    private static string Exactly(TimeSpan time) =>
        time.TotalHours < 1
            ? time.ToString(@"m\:ss", CultureInfo.InvariantCulture)
            : $"{(int)time.TotalHours}:{time.ToString(@"mm\:ss", CultureInfo.InvariantCulture)}";

    private static string Gigabytes(long bytes) =>
        string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(bytes / 1e8) / 10:0.0} GB");
}
