using System.Collections.Immutable;
using CircuitPipeline.Pipeline.Running;
using CircuitPipeline.Study.Estimates;

namespace CircuitPipeline.Study;

/// <summary>A study that is open, and what its items will take.</summary>
public sealed class OpenedStudy
{
    private readonly Lazy<StudyEstimates> _estimates;
    private readonly Func<double> _rate;
    private readonly int _jobs;

    internal OpenedStudy(PipelineSession session, Func<StudyEstimates> estimates, Func<double> rate, int jobs) =>
        (Session, _estimates, _rate, _jobs) = (session, new Lazy<StudyEstimates>(estimates), rate, jobs);

    /// <summary>What runs it.</summary>
    public PipelineSession Session { get; }

    /// <summary>The memory of the fine-tuning that takes most, in bytes.</summary>
    internal long FineTuningMemory => _estimates.Value.FineTuningMemory;

    /// <summary>What an item will take in time, memory and disk.</summary>
    /// <param name="decision">The decision on it.</param>
    public ItemEstimate Estimate(ItemDecision decision) => _estimates.Value.Of(decision);

    /// <summary>Seconds that an item will take.</summary>
    /// <param name="decision">The decision on it.</param>
    public double Seconds(ItemDecision decision) => Estimate(decision).Seconds(_rate());

    /// <summary>The line about an item, with its estimate where it will run.</summary>
    /// <param name="decision">The decision on it.</param>
    public string Line(ItemDecision decision) =>
        decision.IsCached ? $"{decision}" : $"{decision}; {Estimate(decision).Text(_rate())}";

    /// <summary>One sentence about all items that will run; null where none will.</summary>
    /// <param name="decisions">The decisions.</param>
    public string? Total(ImmutableArray<ItemDecision> decisions)
    {
        ItemDecision[] toRun = [.. decisions.Where(decision => !decision.IsCached)];
        if (toRun.Length == 0)
        {
            return null;
        }

        // Stages come one after the other; within one, items run side by side, the longest being the least that it takes.
        double seconds = toRun
            .GroupBy(decision => decision.Stage)
            .Sum(stage => Math.Max(stage.Max(Seconds), stage.Sum(Seconds) / _jobs));
        long memory = toRun
            .GroupBy(decision => decision.Stage)
            .Max(stage => stage.Select(decision => Estimate(decision).MemoryBytes).OrderDescending().Take(_jobs).Sum());
        return $"{toRun.Length} of {decisions.Length} items will run: {Amounts.Time(seconds)} with '--jobs={_jobs}', "
            + $"at most {Amounts.Bytes(memory)} of memory, {Amounts.Bytes(toRun.Sum(decision => Estimate(decision).DiskBytes))} on disk.";
    }
}
