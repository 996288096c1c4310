using System.Collections.Immutable;
using System.Globalization;
using CircuitPipeline.Circuits.Graph;

namespace CircuitPipeline.Circuits.Scores;

/// <summary>One score per edge of a computation graph, in metric units; positive: the edge helps.</summary>
public sealed class EdgeScores
{
    /// <summary>Takes the scores of all edges.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="values">The scores by edge index, <see cref="ComputationGraph.EdgeCount"/> finite numbers.</param>
    /// <param name="origin">How the scores were made.</param>
    /// <exception cref="ArgumentException">The number of scores is not that of the edges, or a score is not finite.</exception>
    public EdgeScores(ComputationGraph graph, ImmutableArray<double> values, ScoreOrigin origin)
    {
        if (values.IsDefault || values.Length != graph.EdgeCount)
        {
            throw new ArgumentException(
                $"There are '{(values.IsDefault ? 0 : values.Length)}' scores, but the graph of {graph} has {graph.EdgeCount} edges.",
                nameof(values)
            );
        }
        for (int edge = 0; edge < values.Length; edge++)
        {
            if (!double.IsFinite(values[edge]))
            {
                string found = values[edge].ToString(CultureInfo.InvariantCulture);
                throw new ArgumentException(
                    $"The score of edge '{graph.EdgeAt(edge)}' is '{found}', but only finite numbers are scores.",
                    nameof(values)
                );
            }
        }
        (Graph, Values, Origin) = (graph, values, origin);
    }

    /// <summary>The graph whose edges are scored.</summary>
    public ComputationGraph Graph { get; }

    /// <summary>The scores by edge index.</summary>
    public ImmutableArray<double> Values { get; }

    /// <summary>How the scores were made.</summary>
    public ScoreOrigin Origin { get; }

    /// <summary>The score of an edge.</summary>
    /// <param name="edge">An edge of the graph.</param>
    /// <exception cref="ArgumentException">The graph has no such edge.</exception>
    public double this[Edge edge] =>
        Graph.EdgeIndex(edge) is int index
            ? Values[index]
            : throw new ArgumentException($"The graph of {Graph} has no edge '{edge}'.", nameof(edge));

    /// <summary>The scores of the collapsed graph: those of a head's query, key and value input added up.</summary>
    /// <returns>New scores; these when the graph is collapsed already.</returns>
    /// <exception cref="ArgumentException">A sum is not finite.</exception>
    public EdgeScores Collapse() => Graph.IsCollapsed ? this : Collapsing.Sum(this, _ => true);
}
