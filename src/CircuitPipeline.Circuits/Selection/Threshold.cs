using System.Globalization;
using CircuitPipeline.Circuits.Scores;

namespace CircuitPipeline.Circuits.Selection;

/// <summary>Chooses the edges whose score is at or above a threshold (EAP-IG 2.0, <c>Graph.apply_threshold</c>).</summary>
public sealed class Threshold : ICircuitSelector
{
    private readonly double _least;
    private readonly bool _signed;

    /// <summary>Takes the threshold.</summary>
    /// <param name="least">The smallest score that is chosen, in metric units; a finite number.</param>
    /// <param name="signed">Whether a score's sign counts; else its absolute value does, so that edges that hurt are chosen too.</param>
    /// <exception cref="ArgumentOutOfRangeException">The threshold is no finite number.</exception>
    public Threshold(double least, bool signed = false)
    {
        if (!double.IsFinite(least))
        {
            string found = least.ToString(CultureInfo.InvariantCulture);
            throw new ArgumentOutOfRangeException(
                nameof(least),
                $"The threshold is '{found}', but only a finite number is allowed."
            );
        }
        (_least, _signed) = (least, signed);
    }

    /// <inheritdoc/>
    public Circuit Select(EdgeScores scores)
    {
        int[] chosen =
        [
            .. Enumerable
                .Range(0, scores.Values.Length)
                .Where(edge => Largest.Size(scores.Values[edge], _signed) >= _least),
        ];
        SelectionOrigin origin = new("threshold", chosen.Length, _signed) { Threshold = _least };
        return new Circuit(scores.Graph, chosen, origin, scores);
    }
}
