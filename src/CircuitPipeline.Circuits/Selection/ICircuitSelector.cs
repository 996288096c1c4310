using CircuitPipeline.Circuits.Scores;

namespace CircuitPipeline.Circuits.Selection;

/// <summary>A rule that chooses a circuit's edges by their scores.</summary>
public interface ICircuitSelector
{
    /// <summary>Chooses the edges.</summary>
    /// <param name="scores">The scores of all edges.</param>
    /// <returns>The circuit, not yet pruned, with its scores.</returns>
    Circuit Select(EdgeScores scores);
}
