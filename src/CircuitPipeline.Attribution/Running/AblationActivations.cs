using System.Diagnostics;
using CircuitPipeline.Attribution.Pairs;
using CircuitPipeline.Models;
using CircuitPipeline.Prompts.PromptPairs;
using CircuitPipeline.Tensors.Calls;
using TorchSharp;
using static TorchSharp.torch;

namespace CircuitPipeline.Attribution.Running;

/// <summary>What replaces the outputs of the sources.</summary>
internal sealed class AblationActivations
{
    private readonly SourceActivations? _outputs; // [1, 1 or the longest pos, …]; null: each batch's corrupted ones

    private AblationActivations(SourceActivations? outputs) => _outputs = outputs;

    /// <summary>Of patching, and of methods that replace nothing.</summary>
    internal static AblationActivations ByCorrupted { get; } = new(null);

    /// <summary>Finds out what replaces the outputs; for means that takes a pass over all clean prompts.</summary>
    internal static AblationActivations Of(
        Intervention intervention,
        Transformer model,
        EncodedPairs pairs,
        BatchLoop loop,
        CancellationToken cancellation
    ) =>
        intervention switch
        {
            Intervention.Patching => ByCorrupted,
            Intervention.Zero => new(SourceActivations.Zeros(model.Config, 1, model.Dtype, model.Device)),
            Intervention.Mean => new(MeanActivations.Of(model, pairs, loop, isPositional: false, cancellation)),
            Intervention.MeanPositional => new(
                MeanActivations.Of(model, pairs, loop, isPositional: true, cancellation)
            ),
            _ => throw new UnreachableException(),
        };

    /// <summary>The outputs for a batch; each dimension is the batch's or 1.</summary>
    /// <param name="batch">The prompts.</param>
    /// <param name="corrupted">Gives the sources' outputs on the corrupted prompts.</param>
    internal SourceActivations For(PairBatch batch, Func<SourceActivations> corrupted) =>
        _outputs?.Select(outputs => outputs.size(1) == 1 ? outputs : outputs.narrow(1, 0, batch.Positions))
        ?? corrupted();
}

/// <summary>Means of what the sources hold on the clean prompts of all pairs; padding is not counted.</summary>
internal static class MeanActivations
{
    /// <summary>The means in the model's element type, summed in double precision.</summary>
    /// <param name="model">The model.</param>
    /// <param name="pairs">Whose clean prompts are run.</param>
    /// <param name="loop">Runs them.</param>
    /// <param name="isPositional">Whether every position has its own mean, over the prompts that reach it.</param>
    /// <param name="cancellation">Stops before the next batch.</param>
    /// <returns><c>[1, pos or 1, …]</c>, up to the longest prompt.</returns>
    internal static SourceActivations Of(
        Transformer model,
        EncodedPairs pairs,
        BatchLoop loop,
        bool isPositional,
        CancellationToken cancellation
    )
    {
        long[] lengths = [.. Enumerable.Range(0, pairs.Count).Select(index => (long)pairs[index].Clean.Length)];
        long longest = lengths.Max();
        SourceActivations sums = SourceActivations.Zeros(model.Config, longest, ScalarType.Float64, model.Device);
        loop.Run(
            model,
            pairs,
            metric: null,
            Aggregation.PerExample,
            cutsSharedStart: false,
            (batch, location) => Add(sums, model, batch, location),
            report: null,
            cancellation
        );
        if (!isPositional)
        {
            return sums.Select(sum => sum.sum([1], keepdim: true).DividedBy(lengths.Sum()).to(model.Dtype));
        }

        double[] counts =
        [
            .. Enumerable.Range(0, (int)longest).Select(at => (double)lengths.Count(length => length > at)),
        ];
        Tensor perPosition = tensor(counts, [1, longest], device: model.Device);
        return sums.Select(sum => (sum / Like(perPosition, sum)).to(model.Dtype));
    }

    private static void Add(SourceActivations sums, Transformer model, PairBatch batch, BatchLocation location)
    {
        (SourceActivations seen, Tensor logits) = SourceActivations.Of(model, batch, batch.Clean);
        location.Finite("sum of the logits", logits.sum(-1).unsqueeze(0), _ => "for the means, in the clean run");
        Tensor mask = batch.Mask(ScalarType.Float64); // [batch, pos]
        _ = sums.Zip(
            seen,
            (sum, values) =>
            {
                using DisposeScope scope = NewDisposeScope();
                Tensor real = values.to(ScalarType.Float64) * Like(mask, values);
                sum.narrow(1, 0, batch.Positions).PlusInPlace(real.sum([0], keepdim: true));
                return sum;
            }
        );
    }

    // [batch, pos] with as many dimensions as the activations
    private static Tensor Like(Tensor byPosition, Tensor activations) =>
        byPosition.view([byPosition.size(0), byPosition.size(1), .. Enumerable.Repeat(1L, (int)activations.dim() - 2)]);
}
