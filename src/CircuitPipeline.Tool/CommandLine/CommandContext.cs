using CircuitPipeline.Attribution;
using CircuitPipeline.Hub;
using CircuitPipeline.Hub.Cache;

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

    /// <summary>The Hub's cache.</summary>
    internal HubCache Cache => new(new HubEnvironment(Environment.Variable).CacheFolder);

    /// <summary>Stops the work.</summary>
    internal CancellationToken Cancellation => Environment.Cancellation;

    /// <summary>Finds a model: a folder, an id in the Hub's cache, or an adapter's folder, which stands for its base model.</summary>
    /// <param name="text">As the command line names it.</param>
    /// <param name="adapter">An adapter over it, likewise; null for none beside what its own folder holds.</param>
    /// <exception cref="InvalidDataException">There is none; the message says which command brings it.</exception>
    internal ModelPlace Model(string text, string? adapter = null) => ModelPlace.Find(text, adapter, Cache, "");

    /// <summary>Finds what need not be a model that can be run; an adapter's folder stands for itself.</summary>
    /// <param name="text">As the command line names it.</param>
    /// <exception cref="InvalidDataException">It is an id that the cache does not have.</exception>
    internal ModelPlace Place(string text) => ModelPlace.Named(text, Cache, "");

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
