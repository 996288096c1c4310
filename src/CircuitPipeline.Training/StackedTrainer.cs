using CircuitPipeline.Models;
using CircuitPipeline.Prompts;
using CircuitPipeline.Tensors.Calls;
using CircuitPipeline.Tensors.Optimizers;
using TorchSharp;
using static TorchSharp.torch;

namespace CircuitPipeline.Training;

/// <summary>Trains several LoRA adapters over one frozen base at once, each on rows of its own.</summary>
/// <remarks>
/// <code>
/// for each step:
///   1. take every run's next rows, and lay them one below the other
///   2. one pass, in which the rows of a run see its own A and B alone
///   3. loss = Σ over runs of the mean cross-entropy of its own targets, so that each has its own gradients
///   4. every run's own clip norm and AdamW
/// </code>
/// Losses and weights are those of each run alone but for rounding: a product of more rows may add its terms in another order.
/// </remarks>
public sealed class StackedTrainer(TrainingOptions options, TimeProvider time)
{
    private readonly Trainer _alone = new(options, time);

    /// <summary>Trains the adapters in place.</summary>
    /// <param name="model">The base, to which no adapter is attached; all of its parameters are frozen meanwhile.</param>
    /// <param name="runs">At least one; their adapters have one factor, alpha / rank, and any ranks.</param>
    /// <param name="report">Gets the number of steps done, after every step.</param>
    /// <param name="cancellation">Stops before the next step.</param>
    /// <returns>By run, the loss of every step, in nats per token.</returns>
    /// <exception cref="ArgumentException">The runs have several factors, or the options accumulation or checkpointing.</exception>
    /// <exception cref="TrainingDivergedException">A loss or gradient is not a finite number.</exception>
    /// <exception cref="OperationCanceledException">It was asked to stop.</exception>
    public double[][] Train(
        Transformer model,
        IReadOnlyList<StackedRun> runs,
        Action<int> report,
        CancellationToken cancellation
    )
    {
        if (options.Accumulation != 1 || options.ActivationCheckpointing)
        {
            throw new ArgumentException(
                "Several adapters are trained at once in one pass a step, with all activations kept; leave accumulation and checkpointing out."
            );
        }

        using GradientsOnlyFor only = new(model, []);
        using StackedUpdates updates = new(model, [.. runs.Select(run => run.Adapter)]);
        RowOrder[] orders = [.. runs.Select(run => new RowOrder(run.Rows.Count, run.Random.Derive("row order")))];
        AdamW[] optimizers =
        [
            .. runs.Select(run => new AdamW(
                [new ParameterGroup([.. run.Adapter.Parameters], options.WeightDecay)],
                options.Betas
            )),
        ];
        double[][] losses = [.. runs.Select(_ => new double[options.Steps])];
        using IDisposable kept = FreedMemory.Keep();
        try
        {
            for (int step = 0; step < options.Steps; step++)
            {
                cancellation.ThrowIfCancellationRequested();
                Step(
                    model,
                    runs,
                    updates,
                    optimizers,
                    [.. orders.Select(order => order.Next(options.Batch))],
                    losses,
                    step
                );
                report(step + 1);
            }
        }
        finally
        {
            foreach (AdamW optimizer in optimizers)
            {
                optimizer.Dispose();
            }
        }

        return losses;
    }

    private void Step(
        Transformer model,
        IReadOnlyList<StackedRun> runs,
        StackedUpdates updates,
        AdamW[] optimizers,
        long[][] batch,
        double[][] losses,
        int step
    )
    {
        using DisposeScope scope = NewDisposeScope();
        RowBatch rows = RowBatch.Of([.. runs.Select((run, number) => (run.Rows, batch[number]))]);
        int[] counts = [.. runs.Select((run, number) => run.Rows.Labels(batch[number]))];
        updates.Stack();
        Tensor each = rows.Losses(model); // [label]
        double[] values = each.detach().to(ScalarType.Float64).cpu().data<double>().ToArray();
        int first = 0;
        for (int run = 0; run < counts.Length; run++)
        {
            int count = counts[run];
            losses[run][step] = values.AsSpan(first, count).ToArray().DefaultIfEmpty(double.NaN).Average();
            first += count;
            _alone.MustBeFinite($"loss of run {run + 1}", losses[run][step], losses[run], step);
        }

        Tensor shares = tensor(
            counts.SelectMany(count => Enumerable.Repeat(1.0 / count, count)).ToArray(),
            dtype: each.dtype,
            device: each.device
        );
        Tensor[] gradients = GuardedCalls.Gradients((each * shares).sum(), updates.Leaves);
        for (int run = 0; run < optimizers.Length; run++)
        {
            _ = _alone.Apply(updates.Own(gradients, run), optimizers[run], losses[run], step, $" of run {run + 1}");
        }
    }
}

/// <summary>One of the runs that are trained at once.</summary>
/// <param name="Adapter">What is trained, detached: see <see cref="LoraAdapter.Detached"/>.</param>
/// <param name="Rows">On these rows.</param>
/// <param name="Random">Decides the order of the rows.</param>
public sealed record StackedRun(LoraAdapter Adapter, TrainingRows Rows, SeededRandom Random);
