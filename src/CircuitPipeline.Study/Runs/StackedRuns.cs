using CircuitPipeline.Pipeline.Stages;
using CircuitPipeline.Training;

namespace CircuitPipeline.Study.Runs;

/// <summary>Runs of LoRA over one base that are trained in one pass a step: as many as it is worth, and as memory allows.</summary>
/// <param name="first">One of them, which says how all are trained.</param>
internal sealed class StackedRuns(FineTuneRun first) : IDisposable
{
    /// <summary>Tokens of a pass, padding included: products of more rows are no faster, and activations outgrow a processor's caches.</summary>
    internal const long MostTokens = 4096;

    private readonly List<(PlannedRun Run, TrainingRows Rows)> _runs = [];

    /// <summary>Of the items.</summary>
    internal IReadOnlyList<WorkItemContext> Contexts => [.. _runs.Select(run => run.Run.Run.Context)];

    public void Dispose()
    {
        foreach ((_, TrainingRows rows) in _runs)
        {
            rows.Dispose();
        }
    }

    /// <summary>Takes a run, unless it is one too many, or cannot be trained with the others.</summary>
    internal bool TryAdd(PlannedRun run)
    {
        TrainingRows rows = run.Run.Rows();
        if (
            _runs.Count == 0
            || (run.Plan.AlphaOverRank == _runs[0].Run.Plan.AlphaOverRank && Fits(rows, run.LargestRank))
        )
        {
            _runs.Add((run, rows));
            return true;
        }

        rows.Dispose();
        return false;
    }

    /// <summary>Trains all of them, and writes their outputs.</summary>
    internal void Train()
    {
        if (_runs is [var only])
        {
            only.Run.Train();
            return;
        }

        StackedRun[] stacked = [.. _runs.Select(run => run.Run.Stacked(run.Rows))];
        try
        {
            double[][] losses = new StackedTrainer(first.Options(first.Spec.Lr), first.Context.Time).Train(
                first.Model,
                stacked,
                (number, progress) => _runs[number].Run.After(stacked[number].Adapter, progress),
                first.Context.Cancellation
            );
            for (int number = 0; number < stacked.Length; number++)
            {
                _runs[number].Run.Finish(stacked[number].Adapter, losses[number]);
            }
        }
        finally
        {
            foreach (StackedRun run in stacked)
            {
                run.Adapter.Dispose();
            }
        }
    }

    private bool Fits(TrainingRows more, int rankOfMore)
    {
        TrainingRows[] all = [.. _runs.Select(run => run.Rows), more];
        int length = all.Max(rows => rows.Length);
        long rows = (long)all.Length * StepMemory.RowsOfAPart(first.Spec);
        int rank = Math.Max(rankOfMore, _runs.Max(run => run.Run.LargestRank));
        return rows * length <= MostTokens
            && StepMemory.Holds(first, rank, rows, length, all.Max(own => own.MostLabels));
    }
}
