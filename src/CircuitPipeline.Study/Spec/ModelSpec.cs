using System.ComponentModel.DataAnnotations;
using CircuitPipeline.Prompts.Corpora;

namespace CircuitPipeline.Study.Spec;

/// <summary>The architecture of the base model, GPT-NeoX: parallel blocks, partial rotary embedding, untied.</summary>
public sealed record ModelSpec : ICheckedSpec
{
    /// <summary>Number of blocks.</summary>
    [Range(1, 128)]
    public required int NLayers { get; init; }

    /// <summary>Width of the residual stream; divisible by <see cref="NHeads"/>.</summary>
    [Range(1, 16384)]
    public required int DModel { get; init; }

    /// <summary>Attention heads in a block.</summary>
    [Range(1, 256)]
    public required int NHeads { get; init; }

    /// <summary>Width of the MLP's hidden layer.</summary>
    [Range(1, 65536)]
    public required int DMlp { get; init; }

    /// <summary>Longest prompt, in tokens.</summary>
    [Range(4, 8192)]
    public required int NCtx { get; init; }

    /// <summary>Share of a head's dimensions that rotate with the position.</summary>
    [Range(0.0, 1.0)]
    public required double RotaryPct { get; init; }

    /// <summary>The MLP's activation function; <c>gelu</c> is the exact one.</summary>
    [AllowedValues("gelu")]
    public required string Activation { get; init; }

    /// <summary>Added to the variance in layer norms.</summary>
    [Range(1e-12, 1e-2)]
    public required double LayerNormEps { get; init; }

    /// <summary>Standard deviation of the initial weights.</summary>
    [Range(1e-6, 1.0)]
    public required double InitStd { get; init; }

    IEnumerable<SpecProblem> ICheckedSpec.Problems()
    {
        if (DModel % NHeads != 0)
        {
            yield return new SpecProblem(
                "d_model",
                $"is {DModel}, but must be divisible by 'n_heads', which is {NHeads}."
            );
        }
        else if ((int)(DModel / NHeads * RotaryPct) % 2 != 0)
        {
            yield return new SpecProblem(
                "rotary_pct",
                $"rotates {(int)(DModel / NHeads * RotaryPct)} of a head's {DModel / NHeads} dimensions, but dimensions rotate in pairs."
            );
        }
    }
}
