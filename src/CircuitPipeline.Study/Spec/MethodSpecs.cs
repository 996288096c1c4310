using System.ComponentModel.DataAnnotations;
using CircuitPipeline.Planning;
using CircuitPipeline.Prompts.Corpora;
using CircuitPipeline.Training.Methods;

namespace CircuitPipeline.Study.Spec;

/// <summary>How AdaLoRA starts and prunes (Zhang et al. 2023, arXiv:2303.10512); <c>rank</c> is the mean rank that is kept.</summary>
public sealed record AdaLoraSpec
{
    /// <summary>The rank of every map before pruning.</summary>
    /// <value>The default is one and a half times <c>rank</c>, rounded up.</value>
    [Range(1, AdapterRanges.MaxRank)]
    public int? InitialRank { get; init; }

    /// <summary>Steps before the first pruning.</summary>
    /// <value>The default is a tenth of all.</value>
    [Range(0, 10_000_000)]
    public int? WarmupSteps { get; init; }

    /// <summary>Steps with the last ranks.</summary>
    /// <value>The default is a fifth of all.</value>
    [Range(0, 10_000_000)]
    public int? FinalSteps { get; init; }

    /// <summary>Steps from one allocation of ranks to the next.</summary>
    /// <value>The default is 1.</value>
    [Range(1, 10_000_000)]
    public int? Interval { get; init; }

    /// <summary>The factor of the term of the loss that keeps the matrices orthogonal.</summary>
    /// <value>The default is 0.5.</value>
    [Range(0.0, 1000.0)]
    public double? OrthogonalWeight { get; init; }

    /// <summary>The method with these options.</summary>
    internal AdaLora Method()
    {
        AdaLoraOptions missing = new();
        return new AdaLora(
            missing with
            {
                InitialRank = InitialRank,
                WarmupSteps = WarmupSteps,
                FinalSteps = FinalSteps,
                Interval = Interval ?? missing.Interval,
                OrthogonalWeight = OrthogonalWeight ?? missing.OrthogonalWeight,
            }
        );
    }

    /// <summary>What does not fit the rank and the steps.</summary>
    internal IEnumerable<SpecProblem> Problems(int rank, int steps)
    {
        if (InitialRank < rank)
        {
            yield return new SpecProblem(
                "adalora.initial_rank",
                $"is {InitialRank}, but ranks only fall, to a mean of 'rank', which is {rank}; raise it."
            );
        }

        (int before, int after) = (WarmupSteps ?? steps / 10, FinalSteps ?? steps / 5);
        if (before + after >= steps)
        {
            yield return new SpecProblem(
                "adalora",
                $"has {before} steps before pruning and {after} after it, but 'steps' is {steps}; leave at least one between them."
            );
        }
    }
}

/// <summary>How IA3 is trained (Liu et al. 2022, arXiv:2205.05638).</summary>
public sealed record Ia3Spec
{
    /// <summary>The peak learning rate where none is named; that of CircuitLoRA's paper (arXiv:2502.11812).</summary>
    internal const double DefaultLr = 8e-3;

    /// <summary>Peak learning rate: factors need a higher one than matrices.</summary>
    /// <value>The default is 0.008.</value>
    [Range(1e-8, 1.0)]
    public double? Lr { get; init; }

    /// <summary>Which maps have factors: those that PEFT chooses for the family, or all, as in CircuitLoRA's paper.</summary>
    /// <value>The default is <c>peft</c>.</value>
    public Ia3Modules? Modules { get; init; }
}
