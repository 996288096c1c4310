using System.Collections.Immutable;
using System.Text.Json.Serialization;
using CircuitPipeline.Circuits.Graph;
using CircuitPipeline.Circuits.Scores;
using CircuitPipeline.Circuits.Selection;

namespace CircuitPipeline.Reporting.Results;

/// <summary>A circuit to draw.</summary>
/// <param name="Model">The model that it belongs to.</param>
/// <param name="NLayers">Blocks of the model.</param>
/// <param name="NHeads">Heads per block.</param>
/// <param name="Edges">Its edges, each with its score.</param>
public sealed record CircuitView(
    string Model,
    int NLayers,
    int NHeads,
    [property: JsonConverter(typeof(EdgeViewsConverter))] ImmutableArray<EdgeView> Edges
)
{
    /// <summary>A circuit with its scores.</summary>
    /// <param name="model">The model that it belongs to.</param>
    /// <param name="circuit">The circuit, as it is to be drawn: pruned or not.</param>
    /// <returns>What is drawn.</returns>
    /// <exception cref="ArgumentException">The circuit has no scores.</exception>
    public static CircuitView Of(string model, Circuit circuit)
    {
        EdgeScores scores =
            circuit.Scores
            ?? throw new ArgumentException(
                $"The circuit of '{model}' has no scores, but the width of a line is its score; select it from scores."
            );
        return new(
            model,
            circuit.Graph.NLayers,
            circuit.Graph.NHeads,
            [.. circuit.EdgeIndices.Select(edge => new EdgeView(circuit.Graph.EdgeAt(edge).Name, scores.Values[edge]))]
        );
    }
}

/// <summary>An edge of a circuit to draw.</summary>
/// <param name="Name">Its name, such as <c>a0.h1->a1.h0&lt;q&gt;</c>.</param>
/// <param name="Score">Its score, in units of the metric; positive helps.</param>
public sealed record EdgeView(string Name, double Score)
{
    /// <summary>The edge itself.</summary>
    [JsonIgnore]
    public Edge Edge => Edge.Parse(Name);
}
