using CircuitPipeline.Attribution.Evaluation;
using CircuitPipeline.Circuits.Diff;
using CircuitPipeline.Circuits.Selection;
using CircuitPipeline.Prompts;
using CircuitPipeline.Prompts.PromptPairs;

namespace CircuitPipeline.Study.EvaluateRobustness;

/// <summary>Compares circuits of one model from other pairs.</summary>
/// <remarks>
/// Wang et al. 2025 (arXiv:2502.11812; reference: <c>circuit_robust.ipynb</c>): Jaccard similarity of every two circuits from five splits,
/// and of circuits from pairs of which 10 to 90 % are perturbed.
/// <list type="number">
/// <item>The pairs, in random order, are cut into disjoint parts of one size; every two of their circuits are compared.</item>
/// <item>The circuit of the first part is compared with those of the same part with a share of its pairs perturbed.</item>
/// </list>
/// Differs from the source: what is perturbed has as many pairs as a part, so that both have one floor, and perturbation gives a pair
/// the corrupted prompt of another one (<see cref="PairSamples.Perturbed"/>), since the paper does not say what it does.
/// </remarks>
/// <param name="find">The circuit of some pairs.</param>
internal sealed class RobustnessRun(Func<EncodedPairs, Circuit> find)
{
    /// <summary>Measures one model.</summary>
    /// <param name="model">Its name in the report.</param>
    /// <param name="number">The base model's number.</param>
    /// <param name="percent">The circuits' size, in percent.</param>
    /// <param name="pairs">The pairs.</param>
    /// <param name="splits">The number of parts, 2 to the number of pairs.</param>
    /// <param name="perturbedPercent">Shares of a part's pairs, in percent.</param>
    /// <param name="random">Chooses parts and perturbed pairs: the same ones for every model.</param>
    internal CircuitRobustness Measure(
        string model,
        int number,
        double percent,
        EncodedPairs pairs,
        int splits,
        double[] perturbedPercent,
        SeededRandom random
    )
    {
        EncodedPairs[] parts = [.. PairSamples.Splits(pairs, splits, random.Derive("splits"))];
        Circuit[] circuits = [.. parts.Select(find)];
        return new CircuitRobustness(
            model,
            number,
            percent,
            parts[0].Count,
            [
                .. from first in Enumerable.Range(0, splits)
                from second in Enumerable.Range(first + 1, splits - first - 1)
                select CircuitOverlap.Of(circuits[first], circuits[second]),
            ],
            [
                .. perturbedPercent.Select(share => new PerturbedOverlap(
                    share,
                    CircuitOverlap.Of(circuits[0], find(Perturbed(share)))
                )),
            ]
        );

        // In one order for all shares, so that a larger share perturbs what a smaller one does, and more.
        EncodedPairs Perturbed(double share) =>
            PairSamples.Perturbed(parts[0], (double)((decimal)share / 100m), random.Derive("perturbed"));
    }
}
