using System.Globalization;
using CircuitPipeline.Models;
using CircuitPipeline.Prompts;
using CircuitPipeline.Tensors.Calls;
using CircuitPipeline.Tensors.Optimizers;
using CircuitPipeline.Training.Methods;
using TorchSharp;
using static TorchSharp.torch;
using Parameter = TorchSharp.Modules.Parameter;

namespace CircuitPipeline.Training;

/// <summary>Changes a model's weights by gradient descent.</summary>
/// <remarks>
/// <code>
/// for each step:
///   1. take the next rows of the shuffled order
///   2. loss = mean cross-entropy of the targets, in nats
///   3. scale the gradients so that their common norm is at most the clip norm
///   4. AdamW with the scheduled learning rate
/// </code>
/// </remarks>
public sealed class Trainer(TrainingOptions options, TimeProvider time)
{
    /// <summary>Trains the given parameters of a model in place.</summary>
    /// <param name="model">The model; its parameters that are not given are frozen meanwhile, without gradient.</param>
    /// <param name="parameters">What is changed.</param>
    /// <param name="rows">What is trained on.</param>
    /// <param name="random">Decides the order of the rows; what was drawn from it does not matter.</param>
    /// <param name="report">Is called after every step.</param>
    /// <param name="cancellation">Stops the run before its next step.</param>
    /// <returns>The loss of every step, in nats per token.</returns>
    /// <exception cref="TrainingDivergedException">A loss or gradient is not a finite number.</exception>
    /// <exception cref="OperationCanceledException">The run was asked to stop.</exception>
    public double[] Train(
        Transformer model,
        IEnumerable<Parameter> parameters,
        TrainingRows rows,
        SeededRandom random,
        Action<TrainingProgress> report,
        CancellationToken cancellation
    ) => Train(model, [new ParameterGroup([.. parameters], options.WeightDecay)], rows, random, report, cancellation);

    /// <summary>Trains what a method has attached to a model.</summary>
    /// <param name="adapter">What is trained, with its term of the loss and what it does after each step.</param>
    /// <param name="rows">What is trained on.</param>
    /// <param name="random">Decides the order of the rows; what was drawn from it does not matter.</param>
    /// <param name="report">Is called after every step; <see cref="TrainingProgress.State"/> may be kept there.</param>
    /// <param name="cancellation">Stops the run before its next step.</param>
    /// <param name="groups">The adapter's parameters where they are not to be trained alike; null for its own groups.</param>
    /// <param name="from">The state of an earlier run with the same model, options, rows and random numbers, which goes on bit for bit; null for a new one.</param>
    /// <returns>The loss of every step, in nats per token, without the adapter's term.</returns>
    /// <exception cref="TrainingDivergedException">A loss or gradient is not a finite number.</exception>
    /// <exception cref="ArgumentException">The state is of another run.</exception>
    /// <exception cref="OperationCanceledException">The run was asked to stop.</exception>
    public double[] Train(
        TrainedAdapter adapter,
        TrainingRows rows,
        SeededRandom random,
        Action<TrainingProgress> report,
        CancellationToken cancellation,
        IReadOnlyList<ParameterGroup>? groups = null,
        IReadOnlyDictionary<string, Tensor>? from = null
    ) =>
        Train(
            adapter.Model,
            groups ?? adapter.Groups(options.WeightDecay),
            rows,
            random,
            report,
            cancellation,
            new TrainingState(adapter, from)
        );

    /// <summary>Trains groups of a model's parameters in place, each with a decay and a factor of the learning rate of its own.</summary>
    /// <param name="model">The model; its parameters that are not given are frozen meanwhile, without gradient.</param>
    /// <param name="groups">What is changed, and how.</param>
    /// <param name="rows">What is trained on.</param>
    /// <param name="random">Decides the order of the rows; what was drawn from it does not matter.</param>
    /// <param name="report">Is called after every step.</param>
    /// <param name="cancellation">Stops the run before its next step.</param>
    /// <returns>The loss of every step, in nats per token.</returns>
    /// <exception cref="TrainingDivergedException">A loss or gradient is not a finite number.</exception>
    /// <exception cref="OperationCanceledException">The run was asked to stop.</exception>
    public double[] Train(
        Transformer model,
        IReadOnlyList<ParameterGroup> groups,
        TrainingRows rows,
        SeededRandom random,
        Action<TrainingProgress> report,
        CancellationToken cancellation
    ) => Train(model, groups, rows, random, report, cancellation, new TrainingState(null, null));

    private double[] Train(
        Transformer model,
        IReadOnlyList<ParameterGroup> groups,
        TrainingRows rows,
        SeededRandom random,
        Action<TrainingProgress> report,
        CancellationToken cancellation,
        TrainingState state
    )
    {
        Parameter[] trained = [.. groups.SelectMany(group => group.Parameters)];
        using GradientsOnlyFor only = new(model, trained);
        RowOrder order = new(rows.Count, random.Derive("row order"));
        using AdamW optimizer = new(groups, options.Betas);
        double[] losses = new double[options.Steps];
        long start = time.GetTimestamp();
        long tokens = 0;
        using IDisposable kept = FreedMemory.Keep();
        model.train();
        int first = state.Restore(optimizer, losses);
        for (int step = 0; step < first; step++)
        {
            order.Next(options.Batch);
        }

        for (int step = first; step < options.Steps; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            long[] batch = order.Next(options.Batch);
            losses[step] = Step(model, trained, optimizer, rows, batch, losses, step, state.Adapter);
            tokens += rows.RealTokens(batch);
            report(
                Progress(step + 1, step + 1 - first, losses[step], tokens, time.GetElapsedTime(start)) with
                {
                    Kept = copied => state.Of(optimizer, losses, copied),
                }
            );
        }

        model.eval();
        return losses;
    }

    private double Step(
        Transformer model,
        Parameter[] trained,
        AdamW optimizer,
        TrainingRows rows,
        long[] batch,
        double[] losses,
        int step,
        TrainedAdapter? adapter
    )
    {
        using DisposeScope scope = NewDisposeScope();
        RowBatch[] parts = [.. rows.Split(batch, options.Accumulation).Select(part => rows.Take(part))];
        long places = parts.Sum(part => part.Count);
        double value = 0;
        Tensor[]? gradients = null;
        foreach (RowBatch part in parts)
        {
            (double loss, Tensor[] own) = Gradients(
                model,
                trained,
                part,
                (double)part.Count / places,
                gradients is null ? adapter : null // whose term of the loss comes once a step
            );
            value += loss;
            MustBeFinite("loss", value, losses, step);
            gradients = gradients is null ? own : Summed(gradients, own);
        }

        double factor = Apply(gradients!, optimizer, losses, step);
        adapter?.AfterStep(step + 1, new StepGradients(trained, gradients!, factor));
        return value;
    }

    /// <summary>Clips the gradients, and takes the optimizer's step.</summary>
    /// <param name="gradients">In the order of the optimizer's parameters.</param>
    /// <param name="optimizer">Of these parameters.</param>
    /// <param name="losses">Of the steps so far.</param>
    /// <param name="step">The step, from 0.</param>
    /// <param name="run">Whose gradients they are, such as <c> of run 2</c>.</param>
    /// <returns>What they were multiplied by.</returns>
    internal double Apply(Tensor[] gradients, AdamW optimizer, double[] losses, int step, string run = "")
    {
        double norm = optimizer.SetGradients(gradients);
        MustBeFinite($"norm of the gradients{run}", norm, losses, step);
        // As PyTorch's clip_grad_norm_, which divides by a little more than the norm.
        double factor = Math.Min(1, options.ClipNorm / (norm + 1e-6));
        if (factor < 1)
        {
            optimizer.ScaleGradients(factor);
        }

        optimizer.Step(options.LearningRate * options.Schedule(step));
        return factor;
    }

    // A part's share of the loss, and its gradients; all that was made for them is freed.
    private (double Loss, Tensor[] Gradients) Gradients(
        Transformer model,
        Parameter[] trained,
        RowBatch part,
        double share,
        TrainedAdapter? adapter
    )
    {
        using DisposeScope scope = NewDisposeScope();
        if (options.ActivationCheckpointing)
        {
            return Checkpointed(model, trained, part, share, adapter);
        }

        Tensor loss = Shared(part.Losses(model), share);
        double value = loss.to(ScalarType.Float64).cpu().item<double>();
        Tensor whole = adapter?.Penalty() is { } more ? loss.Plus(more) : loss;
        Tensor[] gradients = GuardedCalls.Gradients(whole, trained);
        return (value, [.. gradients.Select(gradient => gradient.MoveToOuterDisposeScope())]);
    }

    private static Tensor Shared(Tensor losses, double share) =>
        share == 1 ? losses.mean() : losses.mean().Times(share);

    private static (double Loss, Tensor[] Gradients) Checkpointed(
        Transformer model,
        Parameter[] trained,
        RowBatch part,
        double share,
        TrainedAdapter? adapter
    )
    {
        (Tensor loss, Tensor[] gradients) = CheckpointedGradients.Of(
            model,
            part.Tokens,
            part.Places,
            logits => Shared(part.Losses(logits), share),
            trained
        );
        double value = loss.to(ScalarType.Float64).cpu().item<double>();
        if (adapter?.Penalty() is { } more)
        {
            Tensor?[] own = GuardedCalls.GradientsOf(more, ones_like(more), trained);
            gradients = [.. gradients.Zip(own, (sum, part) => part is null ? sum : sum.Plus(part))];
        }

        return (value, [.. gradients.Select(gradient => gradient.MoveToOuterDisposeScope())]);
    }

    internal static Tensor[] Summed(Tensor[] sums, Tensor[] more)
    {
        using IDisposable frozen = no_grad();
        foreach ((Tensor sum, Tensor other) in sums.Zip(more))
        {
            sum.PlusInPlace(other);
            other.Dispose();
        }

        return sums;
    }

    internal void MustBeFinite(string what, double value, double[] losses, int step)
    {
        if (double.IsFinite(value))
        {
            return;
        }

        string before = step == 0 ? "it is the first step" : $"the loss before was {Number(losses[step - 1])}";
        throw new TrainingDivergedException(
            $"The {what} is {Number(value)} at step {step + 1} of {options.Steps} at learning rate "
                + $"{Number(options.LearningRate * options.Schedule(step))}; {before}; lower the learning rate or the clip norm."
        );
    }

    internal TrainingProgress Progress(int done, int doneHere, double loss, long tokens, TimeSpan elapsed)
    {
        double seconds = Math.Max(elapsed.TotalSeconds, 1e-9);
        return new TrainingProgress(
            done,
            options.Steps,
            loss,
            tokens / seconds,
            elapsed * ((double)(options.Steps - done) / doneHere)
        );
    }

    private static string Number(double value) => value.ToString("G4", CultureInfo.InvariantCulture);
}
