using System.Diagnostics;
using CircuitPipeline.Models;

namespace CircuitPipeline.Attribution;

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
