using System.Collections.Immutable;
using CircuitPipeline.Circuits;
using CircuitPipeline.Circuits.Diff;
using CircuitPipeline.Circuits.Selection;

namespace CircuitPipeline.Attribution.Evaluation;

/// <summary>How much circuits agree that were found with other pairs of the same kind: the floor for any claim of change.</summary>
/// <remarks>
/// Wang et al. 2025 (arXiv:2502.11812): Jaccard similarity |A ∩ B| / |A ∪ B| of the edge sets of every two circuits from
/// five splits.
/// </remarks>
/// <param name="Jaccards">Of the first circuit with the second, third, …, then of the second with the third, …; 0 to 1.</param>
public sealed record CircuitStability(ImmutableArray<double> Jaccards)
{
    /// <summary>The mean over every two circuits.</summary>
    public double Mean => Jaccards.Average();

    /// <summary>Of the two circuits that agree least.</summary>
    public double Min => Jaccards.Min();

    /// <summary>Of the two circuits that agree most.</summary>
    public double Max => Jaccards.Max();

    /// <summary>Compares every two circuits.</summary>
    /// <param name="circuits">At least two, of one graph.</param>
    /// <exception cref="ArgumentException">There are fewer, or their graphs differ.</exception>
    /// <exception cref="UndefinedResultException">Two circuits are empty.</exception>
    public static CircuitStability Of(IReadOnlyList<Circuit> circuits)
    {
        if (circuits.Count < 2)
        {
            throw new ArgumentException(
                $"Stability compares every two circuits, but '{circuits.Count}' is given; give at least 2."
            );
        }

        int empty = circuits.Count(circuit => circuit.EdgeCount == 0);
        if (empty > 1)
        {
            throw new UndefinedResultException(
                $"{empty} of {circuits.Count} circuits are empty after pruning, so how much circuits agree is undefined; choose more edges, or pairs whose scores are not 0."
            );
        }

        return new CircuitStability([
            .. from first in Enumerable.Range(0, circuits.Count)
            from second in Enumerable.Range(first + 1, circuits.Count - first - 1)
            select CircuitDiff.Between(circuits[first], circuits[second]).Edges.Jaccard!.Value,
        ]);
    }
}
