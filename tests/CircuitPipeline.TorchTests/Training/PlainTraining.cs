using CircuitPipeline.Models;
using CircuitPipeline.Prompts;
using CircuitPipeline.Tensors.Calls;
using CircuitPipeline.Tensors.Optimizers;
using CircuitPipeline.Training;
using TorchSharp;
using static TorchSharp.torch;
using Parameter = TorchSharp.Modules.Parameter;

namespace CircuitPipeline.TorchTests.Training;

/// <summary>Steps of training as the formulas have them: the slow truth of <see cref="Trainer"/>.</summary>
internal static class PlainTraining
{
    internal static TrainingOptions Options(int steps, int batch) =>
        new()
        {
            Steps = steps,
            Batch = batch,
            LearningRate = 0.01,
            Schedule = _ => 1,
            WeightDecay = 0.1,
        };

    /// <summary>Mean cross-entropy over all logits of padded rows, clipped gradients, AdamW.</summary>
    internal static double[] Losses(Transformer model, Parameter[] trained, TrainingRows rows, int steps, int batch)
    {
        TrainingOptions options = Options(steps, batch);
        RowOrder order = new(rows.Count, new SeededRandom(1).Derive("row order"));
        using AdamW optimizer = new([new ParameterGroup(trained, options.WeightDecay)], options.Betas);
        using GradientsOnlyFor only = new(model, trained);
        double[] losses = new double[steps];
        for (int step = 0; step < steps; step++)
        {
            using DisposeScope scope = NewDisposeScope();
            (Tensor tokens, Tensor targets) = Padded(rows, order.Next(batch));
            Tensor logits = model.forward(tokens).flatten(0, 1);
            Tensor loss = nn.functional.cross_entropy(logits, targets, ignore_index: TrainingRows.NoTarget);
            losses[step] = loss.item<double>();
            double norm = optimizer.SetGradients(GuardedCalls.Gradients(loss, trained));
            optimizer.ScaleGradients(Math.Min(1, options.ClipNorm / (norm + 1e-6)));
            optimizer.Step(options.LearningRate);
        }

        return losses;
    }

    // Every row as long as the longest of all; tokens [batch, pos], targets [batch * pos].
    private static (Tensor Tokens, Tensor Targets) Padded(TrainingRows rows, long[] batch)
    {
        Tensor tokens = zeros(batch.Length, rows.Length, int64);
        Tensor targets = full([batch.Length, rows.Length], TrainingRows.NoTarget, int64);
        foreach ((int row, long number) in batch.Index())
        {
            (long[] own, long[] asked) = (rows.Tokens(number).ToArray(), rows.Targets(number).ToArray());
            tokens[row].narrow(0, 0, own.Length).copy_(tensor(own));
            targets[row].narrow(0, 0, own.Length).copy_(tensor(asked));
        }

        return (tokens, targets.flatten());
    }
}

/// <summary>Low-rank updates as hooks that add s B A x to what a linear map gives.</summary>
internal sealed class PlainUpdates : IDisposable
{
    private readonly List<Action> _detach = [];

    private PlainUpdates() { }

    // A and B of every linear map in turn.
    internal static PlainUpdates Attach(Transformer model, Parameter[] matrices, double scale)
    {
        PlainUpdates updates = new();
        foreach ((ModelLinear linear, Parameter[] pair) in model.LinearModules.Zip(matrices.Chunk(2)))
        {
            updates._detach.Add(
                linear
                    .Module.register_forward_hook(
                        (_, input, output) => output + scale * input.matmul(pair[0].t()).matmul(pair[1].t())
                    )
                    .remove
            );
        }

        return updates;
    }

    public void Dispose() => _detach.ForEach(detach => detach());
}
