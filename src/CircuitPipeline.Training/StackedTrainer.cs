using CircuitPipeline.Models;
using CircuitPipeline.Prompts;
using CircuitPipeline.Tensors.Calls;
using CircuitPipeline.Tensors.Optimizers;
using TorchSharp;
using static TorchSharp.torch;
using Parameter = TorchSharp.Modules.Parameter;

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
    /// <param name="report">Gets each run's number and progress after every step; meanwhile nothing is attached to the model.</param>
    /// <param name="cancellation">Stops before the next step.</param>
    /// <returns>By run, the loss of every step, in nats per token.</returns>
    /// <exception cref="ArgumentException">The runs have several factors, or the options checkpointing.</exception>
    /// <exception cref="TrainingDivergedException">A loss or gradient is not a finite number.</exception>
    /// <exception cref="OperationCanceledException">It was asked to stop.</exception>
    public double[][] Train(
        Transformer model,
        IReadOnlyList<StackedRun> runs,
        Action<int, TrainingProgress> report,
        CancellationToken cancellation
    )
    {
        if (options.ActivationCheckpointing)
        {
            throw new ArgumentException(
                "Several adapters are trained at once with all activations kept; leave checkpointing out, or train each alone."
            );
        }

        using GradientsOnlyFor only = new(model, []);
        using StackedUpdates updates = new(model, [.. runs.Select(run => run.Adapter)]);
        using IDisposable kept = FreedMemory.Keep();
        RunUnderWay[] underWay = [];
        try
        {
            underWay = [.. runs.Select((run, number) => new RunUnderWay(run, number, options))];
            long start = time.GetTimestamp();
            bool isStopping = cancellation.IsCancellationRequested;
            for (int step = 0; step < options.Steps; step++)
            {
                if (isStopping)
                {
                    cancellation.ThrowIfCancellationRequested();
                }

                Step(model, updates, underWay, step);
                updates.Detach();
                isStopping = cancellation.IsCancellationRequested; // once a step, so that every run keeps its state
                TimeSpan elapsed = time.GetElapsedTime(start);
                foreach (RunUnderWay run in underWay)
                {
                    report(run.Number, run.Progress(_alone, step + 1, elapsed));
                }
            }

            return [.. underWay.Select(run => run.Losses)];
        }
        finally
        {
            foreach (RunUnderWay run in underWay)
            {
                run.Dispose();
            }
        }
    }

    private void Step(Transformer model, StackedUpdates updates, RunUnderWay[] runs, int step)
    {
        using DisposeScope scope = NewDisposeScope();
        long[][][] numbers = [.. runs.Select(run => run.Rows.Split(run.Next(options.Batch), options.Accumulation))];
        RowBatch[] parts =
        [
            .. Enumerable
                .Range(0, numbers[0].Length)
                .Select(part => RowBatch.Of([.. runs.Select((run, number) => (run.Rows, numbers[number][part]))])),
        ];
        int[] counts = [.. runs.Select(run => parts.Sum(part => part.Counts[run.Number]))];
        updates.Stack();
        Tensor[]? gradients = null;
        foreach (RowBatch part in parts)
        {
            Tensor[] own = Gradients(model, updates, runs, part, counts, step);
            gradients = gradients is null ? own : Trainer.Summed(gradients, own);
        }

        Tensor[][] byRun = updates.ByRun(gradients!);
        foreach (RunUnderWay run in runs)
        {
            _ = _alone.Apply(run.Ordered(byRun[run.Number]), run.Optimizer, run.Losses, step, OfRun(run));
        }
    }

    // Of the leaves, by a part of every run's rows, whose shares of the losses are added; all that was made for them is freed.
    private Tensor[] Gradients(
        Transformer model,
        StackedUpdates updates,
        RunUnderWay[] runs,
        RowBatch part,
        int[] counts,
        int step
    )
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor each = part.Losses(model); // [label]
        double[] values = each.detach().to(ScalarType.Float64).cpu().data<double>().ToArray();
        List<double> shares = [];
        foreach (RunUnderWay run in runs)
        {
            int count = part.Counts[run.Number];
            run.Losses[step] += values.AsSpan(shares.Count, count).ToArray().Sum() / counts[run.Number];
            _alone.MustBeFinite($"loss{OfRun(run)}", run.Losses[step], run.Losses, step);
            shares.AddRange(Enumerable.Repeat(1.0 / counts[run.Number], count));
        }

        Tensor weights = tensor(shares, dtype: each.dtype, device: each.device);
        Tensor[] gradients = GuardedCalls.Gradients((each * weights).sum(), updates.Leaves);
        return [.. gradients.Select(gradient => gradient.MoveToOuterDisposeScope())];
    }

    private static string OfRun(RunUnderWay run) => $" of run {run.Number + 1}";

    // What a run has of its own while all are trained.
    private sealed class RunUnderWay : IDisposable
    {
        private readonly StackedRun _run;
        private readonly RowOrder _order;
        private readonly TrainingState _state;
        private readonly int[] _places; // of the optimizer's parameters among the adapter's
        private long _tokens;

        internal RunUnderWay(StackedRun run, int number, TrainingOptions options)
        {
            (_run, Number, Losses) = (run, number, new double[options.Steps]);
            _order = new RowOrder(run.Rows.Count, run.Random.Derive("row order"));
            _state = new TrainingState(run.Adapter, null);
            IReadOnlyList<ParameterGroup> groups = run.Groups ?? run.Adapter.Groups(options.WeightDecay);
            // By reference: tensors of equal numbers are equal.
            Parameter[] own = [.. run.Adapter.Parameters];
            _places =
            [
                .. groups
                    .SelectMany(group => group.Parameters)
                    .Select(one => Array.FindIndex(own, other => ReferenceEquals(one, other))),
            ];
            Optimizer = new AdamW(groups, options.Betas);
        }

        internal int Number { get; }

        internal TrainingRows Rows => _run.Rows;

        internal AdamW Optimizer { get; }

        internal double[] Losses { get; }

        public void Dispose() => Optimizer.Dispose();

        internal long[] Next(int count)
        {
            long[] batch = _order.Next(count);
            _tokens += Rows.RealTokens(batch);
            return batch;
        }

        /// <summary>Gradients in the order of the adapter's parameters, in that of the optimizer's.</summary>
        internal Tensor[] Ordered(Tensor[] gradients) => [.. _places.Select(place => gradients[place])];

        internal TrainingProgress Progress(Trainer trainer, int done, TimeSpan elapsed) =>
            trainer.Progress(done, done, Losses[done - 1], _tokens, elapsed) with
            {
                Kept = copied => _state.Of(Optimizer, Losses, copied),
            };
    }
}

/// <summary>One of the runs that are trained at once.</summary>
/// <param name="Adapter">What is trained, detached: see <see cref="LoraAdapter.Detached"/>.</param>
/// <param name="Rows">On these rows.</param>
/// <param name="Random">Decides the order of the rows.</param>
public sealed record StackedRun(LoraAdapter Adapter, TrainingRows Rows, SeededRandom Random)
{
    /// <summary>The adapter's parameters where they are not to be trained alike.</summary>
    /// <value>By default its own groups.</value>
    public IReadOnlyList<ParameterGroup>? Groups { get; init; }
}
