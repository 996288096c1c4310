using CircuitPipeline.Models;
using CircuitPipeline.Pipeline.Stages;
using CircuitPipeline.Planning;
using CircuitPipeline.Prompts;
using CircuitPipeline.Tensors.Optimizers;
using CircuitPipeline.Training;

namespace CircuitPipeline.Study.Runs;

/// <summary>Fine-tuning by LoRA with planned ranks: of one work item by itself, or of several over one base in one pass a step.</summary>
/// <param name="run">The item's run.</param>
/// <param name="plan">The ranks.</param>
/// <param name="random">Of the repetition.</param>
internal sealed class PlannedRun(FineTuneRun run, RankPlan plan, SeededRandom random) : IDisposable
{
    /// <summary>The adapter's parameters where they are not to be trained alike.</summary>
    /// <value>By default they are.</value>
    internal Func<LoraAdapter, ParameterGroup[]?> GroupsOf { get; init; } = _ => null;

    /// <summary>What is done with the base model before it is trained.</summary>
    internal Action AtStart { get; init; } = () => { };

    /// <summary>What is done with the adapter at each checkpoint, whose step it gets.</summary>
    internal Action<LoraAdapter, int> AtCheckpoint { get; init; } = (_, _) => { };

    /// <summary>What is done with the adapter at the end.</summary>
    internal Action<LoraAdapter> AtEnd { get; init; } = _ => { };

    internal FineTuneRun Run => run;

    internal RankPlan Plan => plan;

    /// <summary>The largest of the ranks, which those of others are filled up to in one pass.</summary>
    internal int LargestRank => plan.RanksByLayer(run.Model.Config.NLayers).Max();

    public void Dispose() => run.Dispose();

    /// <summary>Trains by itself, and writes the item's outputs.</summary>
    internal void Train()
    {
        AtStart();
        using LoraAdapter adapter = run.Attach(plan, random);
        run.Train(adapter, GroupsOf(adapter), run.Spec.Lr, random, step => AtCheckpoint(adapter, step));
        AtEnd(adapter);
    }

    /// <summary>The run as one of several, with an adapter that is to be disposed.</summary>
    /// <param name="rows">What it is trained on.</param>
    internal StackedRun Stacked(TrainingRows rows)
    {
        AtStart();
        LoraAdapter adapter = run.Detached(plan, random);
        return new StackedRun(adapter, rows, random) { Groups = GroupsOf(adapter) };
    }

    /// <summary>Measures after a step of several runs where it is a checkpoint, and keeps the state where it is time to.</summary>
    internal void After(LoraAdapter adapter, TrainingProgress progress)
    {
        using IDisposable? attached = run.IsCheckpoint(progress.Step) ? adapter.Attached() : null;
        run.After(progress, step => AtCheckpoint(adapter, step));
    }

    /// <summary>Measures at the end of several runs, and writes the item's outputs.</summary>
    internal void Finish(LoraAdapter adapter, double[] losses)
    {
        using (adapter.Attached())
        {
            run.Finish(adapter, losses);
        }

        AtEnd(adapter);
    }

    /// <summary>Trains items of one stage over one base model, as many at once as it is worth.</summary>
    /// <param name="items">At least one; all say the same of how they are trained.</param>
    /// <param name="read">Reads their base model.</param>
    /// <param name="open">Makes an item's run over the model.</param>
    /// <returns>What is finished, as many as were trained at once.</returns>
    internal static IEnumerable<IReadOnlyList<WorkItemContext>> TrainAll<TSlice>(
        IReadOnlyList<(TSlice Slice, WorkItemContext Context)> items,
        Func<TSlice, WorkItemContext, Transformer> read,
        Func<TSlice, WorkItemContext, Transformer, PlannedRun> open
    )
    {
        using Transformer model = read(items[0].Slice, items[0].Context);
        Queue<PlannedRun> left = new(items.Select(item => open(item.Slice, item.Context, model)));
        while (left.Count > 0)
        {
            using StackedRuns stack = new(left.Peek().Run);
            while (left.TryPeek(out PlannedRun? next) && stack.TryAdd(next))
            {
                left.Dequeue();
            }

            stack.Train();
            yield return stack.Contexts;
        }
    }
}
