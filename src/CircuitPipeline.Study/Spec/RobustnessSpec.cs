using System.ComponentModel.DataAnnotations;
using CircuitPipeline.Prompts.Corpora;

namespace CircuitPipeline.Study.Spec;

/// <summary>
/// How it is measured how much circuits depend on the pairs that they are found with, beside the same of a randomly initialised model.
/// </summary>
public sealed record RobustnessSpec : ICheckedSpec
{
    // Of one pair alone the corrupted prompt would stay.
    private const int Exchanged = 2;

    /// <summary>Into how many disjoint parts the pairs for circuits are split, each with a circuit of its own; every two are compared.</summary>
    /// <value>The default is 5, as in CircuitLoRA's paper.</value>
    [Range(2, 100)]
    public int? Splits { get; init; }

    /// <summary>Shares of the first part's pairs, in percent, whose corrupted prompts are exchanged among each other before its circuit is found again; rising, each of two pairs at least.</summary>
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

    /// <summary>What is wrong with a share that perturbs nothing, as the end of a sentence that begins with its key; null where none does.</summary>
    /// <remarks>A number of pairs is rounded down, and one pair alone has none to exchange with, so that its circuit is the same.</remarks>
    /// <param name="pairs">How many pairs there are for all parts, as many as <see cref="Parts"/> at least.</param>
    /// <param name="reason">Why there are so many, from its comma on; may be empty.</param>
    internal string? ProblemOfShares(int pairs, string reason)
    {
        int part = pairs / Parts;
        double least = Math.Ceiling(1000.0 * Exchanged / part) / 10;
        return Shares.Where(share => Perturbed(share) < Exchanged).Select(Sentence).FirstOrDefault();

        int Perturbed(double share) => (int)((decimal)share / 100m * part);

        string Sentence(double share) =>
            FormattableString.Invariant(
                $"have {(PerturbedPercent is null ? "by default " : "")}{share}, which is {Perturbed(share)} of the {part} pair(s) of a part{reason}, but {Exchanged} at least exchange their corrupted prompts; write {(part < Exchanged ? "" : FormattableString.Invariant($"{least} or more, or "))}a smaller 'splits'."
            );
    }

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
