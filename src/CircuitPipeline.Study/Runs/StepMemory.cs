using System.Globalization;
using CircuitPipeline.Attribution.Running;
using CircuitPipeline.Pipeline.Errors;
using CircuitPipeline.Pipeline.Stages;
using CircuitPipeline.Study.Spec;
using CircuitPipeline.Training;
using CircuitPipeline.Training.Methods;
using static TorchSharp.torch;
using Transformer = CircuitPipeline.Models.Transformer;

namespace CircuitPipeline.Study.Runs;

/// <summary>The declared memory of a step of fine-tuning, against what the run may take.</summary>
internal static class StepMemory
{
    /// <summary>How many times the memory of one alone several adapters in one pass may take, where nobody says how much there is.</summary>
    internal const long MostTimes = 2;

    /// <summary>Whether activations must be computed again to stay within the memory, which is told then.</summary>
    /// <exception cref="StageFailedException">Even so a step takes more.</exception>
    internal static bool NeedsCheckpointing(
        WorkItemContext context,
        TrainedAdapter adapter,
        TrainingRows rows,
        FineTuneSpec spec
    )
    {
        if (context.Memory is not { } memory)
        {
            return false;
        }

        TrainingMemory step = new(
            adapter.Model.Config,
            BytesPerNumber(adapter.Model),
            adapter.TrainedParameters,
            adapter.Linears.Count == 0
        );
        int batch = RowsOfAPart(spec);
        if (Needed(checkpointing: false) <= memory)
        {
            return false;
        }

        if (Needed(checkpointing: true) > memory)
        {
            throw new StageFailedException(
                $"a step of training takes {Gigabytes(Needed(checkpointing: true))} even with activations computed again, but the memory that was given is "
                    + $"{Gigabytes(memory)} a job; give more, run fewer jobs, or raise 'fine_tune.accumulation'"
            );
        }

        context.Progress("computes activations again instead of keeping them, to stay within the memory");
        return true;

        long Needed(bool checkpointing) =>
            MemoryBound.RuntimeBytes
            + step.Bytes((long)batch * rows.Length, rows.Length, (long)rows.MostLabels * batch, checkpointing);
    }

    /// <summary>
    /// Whether a step of several adapters in one pass stays within the memory; where none was given, within <see cref="MostTimes"/> what one
    /// takes alone.
    /// </summary>
    /// <param name="run">One of them.</param>
    /// <param name="rank">Of the one with the largest.</param>
    /// <param name="rows">Of all of them in a pass.</param>
    /// <param name="length">Tokens of the longest row.</param>
    /// <param name="labels">Of the row that has most.</param>
    internal static bool Holds(FineTuneRun run, int rank, long rows, int length, int labels)
    {
        long alone = RowsOfAPart(run.Spec);
        long trained = run.Model.LinearModules.Sum(linear =>
            rank * (linear.Module.InFeatures + linear.Module.OutFeatures)
        );
        return Needed(rows) <= (run.Context.Memory ?? MostTimes * Needed(alone));

        long Needed(long some)
        {
            TrainingMemory step = new(
                run.Model.Config,
                BytesPerNumber(run.Model),
                some / alone * trained,
                isFull: false
            );
            return MemoryBound.RuntimeBytes + step.Bytes(some * length, length, some * labels, checkpointing: false);
        }
    }

    /// <summary>Rows in one of the passes of a step.</summary>
    internal static int RowsOfAPart(FineTuneSpec spec) =>
        (int)Math.Ceiling((double)spec.Batch / (spec.Accumulation ?? 1));

    private static int BytesPerNumber(Transformer model) => model.Dtype == ScalarType.Float32 ? 4 : 2;

    private static string Gigabytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:N2} GB");
}
