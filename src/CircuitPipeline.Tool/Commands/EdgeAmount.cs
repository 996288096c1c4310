using System.Globalization;
using CircuitPipeline.Circuits.Graph;
using CircuitPipeline.Circuits.Selection;
using CircuitPipeline.Pipeline.Errors;

namespace CircuitPipeline.Tool.Commands;

/// <summary>A number of edges, or a share of a graph's edges in percent.</summary>
/// <param name="Edges">The number; null for a share.</param>
/// <param name="Percent">The share; null for a number.</param>
internal sealed record EdgeAmount(int? Edges, double? Percent)
{
    /// <summary>Reads <c>200</c> or <c>5%</c>.</summary>
    /// <param name="text">What was written.</param>
    /// <param name="option">The option, for the message.</param>
    /// <exception cref="InvalidExperimentException">It is neither.</exception>
    internal static EdgeAmount Parse(string text, string option)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int edges) && edges >= 1)
        {
            return new EdgeAmount(edges, null);
        }

        bool isShare = text.EndsWith('%');
        return
            isShare
            && double.TryParse(
                text.AsSpan(0, text.Length - 1),
                NumberStyles.AllowDecimalPoint,
                CultureInfo.InvariantCulture,
                out double percent
            )
            && percent is > 0 and <= 100
            ? new EdgeAmount(null, percent)
            : throw new InvalidExperimentException(
                $"'{option}' is {MessageText.Quoted(text)}, but a number of edges from 1, as '200', or a share above 0 to 100 %, as '5%', is allowed."
            );
    }

    /// <summary>The number of edges in a graph; a share is rounded down, as the paper does.</summary>
    /// <param name="graph">The graph.</param>
    internal int Of(ComputationGraph graph) => Edges ?? TopN.EdgesOf(graph, Percent!.Value);

    /// <summary>The number of edges in a graph, before anything is computed of it.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="option">The option, for the message.</param>
    /// <exception cref="InvalidExperimentException">The graph has fewer.</exception>
    internal int Within(ComputationGraph graph, string option) =>
        Of(graph) is var edges && edges <= graph.EdgeCount
            ? edges
            : throw new InvalidExperimentException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"'{option}' is '{edges}', but the graph has {graph.EdgeCount:N0} edges: choose 1 to {graph.EdgeCount:N0}."
                )
            );
}
