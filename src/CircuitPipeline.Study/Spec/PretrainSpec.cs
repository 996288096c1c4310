using System.ComponentModel.DataAnnotations;
using CircuitPipeline.Prompts.Corpora;

namespace CircuitPipeline.Study.Spec;

/// <summary>How the base model is trained: AdamW with warm-up, a cosine, and clipping.</summary>
public sealed record PretrainSpec : ICheckedSpec
{
    /// <summary>Optimizer steps.</summary>
    [Range(1, 10_000_000)]
    public required int Steps { get; init; }

    /// <summary>Corpus lines a step.</summary>
    [Range(1, 65536)]
    public required int Batch { get; init; }

    /// <summary>Peak learning rate.</summary>
    [Range(1e-8, 1.0)]
    public required double Lr { get; init; }

    /// <summary>AdamW's two decay rates.</summary>
    [Range(0.0, 0.999999), Length(2, 2)]
    public required double[] Betas { get; init; }

    /// <summary>AdamW's decoupled weight decay.</summary>
    [Range(0.0, 1.0)]
    public required double WeightDecay { get; init; }

    /// <summary>Steps over which the learning rate rises linearly; fewer than <see cref="Steps"/>.</summary>
    [Range(0, 10_000_000)]
    public required int WarmupSteps { get; init; }

    /// <summary>How the learning rate falls after the warm-up.</summary>
    [AllowedValues("cosine")]
    public required string Schedule { get; init; }

    /// <summary>The last learning rate, as a share of the peak.</summary>
    [Range(0.0, 1.0)]
    public required double FinalLrFraction { get; init; }

    /// <summary>Largest norm of all gradients together.</summary>
    [Range(1e-6, 1e6)]
    public required double ClipNorm { get; init; }

    /// <summary>Steps between two evaluations by exact match.</summary>
    [Range(1, 10_000_000)]
    public required int EvaluateEvery { get; init; }

    IEnumerable<SpecProblem> ICheckedSpec.Problems()
    {
        if (WarmupSteps >= Steps)
        {
            yield return new SpecProblem(
                "warmup_steps",
                $"is {WarmupSteps}, but must be smaller than 'steps', which is {Steps}."
            );
        }

        if (EvaluateEvery > Steps)
        {
            yield return new SpecProblem(
                "evaluate_every",
                $"is {EvaluateEvery}, but must be at most 'steps', which is {Steps}."
            );
        }
    }
}
