using CircuitPipeline.Circuits.Selection;

namespace CircuitPipeline.Circuits.Diff;

/// <summary>How much two circuits of one graph agree; 0 to 1, null where both are empty and have nothing to agree in.</summary>
/// <param name="Nodes">Jaccard similarity of their nodes.</param>
/// <param name="Edges">Jaccard similarity of their edges.</param>
/// <param name="CollapsedEdges">The same with a head's query, key and value input as one, as the paper counts.</param>
public sealed record CircuitOverlap(double? Nodes, double? Edges, double? CollapsedEdges)
{
    /// <summary>Compares two circuits.</summary>
    /// <param name="first">A circuit.</param>
    /// <param name="second">A circuit of the same graph.</param>
    /// <returns>How much they agree.</returns>
    /// <exception cref="ArgumentException">The graphs differ.</exception>
    public static CircuitOverlap Of(Circuit first, Circuit second)
    {
        CircuitDiff diff = CircuitDiff.Between(first, second);
        return new CircuitOverlap(
            diff.Nodes.Jaccard,
            diff.Edges.Jaccard,
            CircuitDiff.Between(first.Collapse(), second.Collapse()).Edges.Jaccard
        );
    }
}
