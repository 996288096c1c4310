using System.ComponentModel.DataAnnotations;
using CircuitPipeline.Prompts.Corpora;

namespace CircuitPipeline.Study.Spec;

/// <summary>
/// How it is measured how much circuits depend on the pairs that they are found with, beside the same of a randomly initialised model.
/// </summary>
public sealed record RobustnessSpec : ICheckedSpec
{
    /// <summary>Into how many disjoint parts the pairs for circuits are split, each with a circuit of its own; every two are compared.</summary>
    /// <value>The default is 5, as in CircuitLoRA's paper.</value>
    [Range(2, 100)]
    public int? Splits { get; init; }

    /// <summary>Shares of the first part's pairs, in percent, whose corrupted prompts are exchanged among each other before its circuit is found again; rising.</summary>
    /// <value>By default 10, 30, 50, 70 and 90; CircuitLoRA's paper has 10 to 90.</value>
    [Length(1, 20), Range(0.1, 100.0)]
    public double[]? PerturbedPercent { get; init; }

    /// <summary>Whether it is measured at every checkpoint; else of the base model and of the last one.</summary>
    /// <value>The default is <c>false</c>.</value>
    public bool EveryCheckpoint { get; init; }

    /// <summary><see cref="Splits"/>, or what it is by default.</summary>
    internal int Parts => Splits ?? 5;

    /// <summary><see cref="PerturbedPercent"/>, or what they are by default.</summary>
    internal double[] Shares => PerturbedPercent ?? [10, 30, 50, 70, 90];

    IEnumerable<SpecProblem> ICheckedSpec.Problems()
    {
        if (!Shares.Zip(Shares.Skip(1)).All(pair => pair.First < pair.Second))
        {
            yield return new SpecProblem(
                "perturbed_percent",
                $"are {string.Join(", ", Shares.Select(share => FormattableString.Invariant($"{share}")))}, but must rise."
            );
        }
    }
}
