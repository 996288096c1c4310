using System.Text.Json;

namespace CircuitPipeline.Circuits;

/// <summary>Our own key in a circuit's file: how its scores and its edges were made.</summary>
internal sealed class Provenance(ConfigFields file, string source)
{
    private const string Key = "circuit_pipeline";

    public static void Write(Utf8JsonWriter json, Circuit circuit)
    {
        json.WriteStartObject(Key);
        json.WriteNumber("format", 1);
        if (circuit.Scores?.Origin is { } origin)
        {
            json.WriteStartObject("scores");
            json.WriteString("sign", ScoreOrigin.SignConvention);
            json.WriteString("method", origin.Method);
            if (origin.Steps is int steps)
            {
                json.WriteNumber("steps", steps);
            }
            if (origin.Quadrature is { } quadrature)
            {
                json.WriteString("quadrature", quadrature);
            }
            json.WriteString("metric", origin.Metric);
            json.WriteString("intervention", origin.Intervention);
            json.WriteString("aggregation", origin.Aggregation);
            json.WriteNumber("examples", origin.Examples);
            json.WriteEndObject();
        }
        json.WriteStartObject("selection");
        json.WriteString("selector", circuit.Selection.Selector);
        json.WriteNumber("edges_asked", circuit.Selection.EdgesAsked);
        json.WriteBoolean("signed", circuit.Selection.Signed);
        json.WriteEndObject();
        if (circuit.BeforePruning is { } before)
        {
            json.WriteStartObject("before_pruning");
            json.WriteNumber("edges", before.Edges);
            json.WriteNumber("nodes", before.Nodes);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    /// <summary>Makes the circuit of a file's edges; a file without our key is of unknown origin.</summary>
    public Circuit Attach(ComputationGraph graph, bool[] chosen, double[]? values)
    {
        var own = file.Inner(Key);
        if (own is not null && own.Whole(1, "format") is not 1 and var format)
        {
            throw Error($"'{Key}.format' is '{format}', but this version reads format 1.");
        }
        var scores = values is null ? null : new EdgeScores(graph, [.. values], ScoresOf(own?.Inner("scores")));
        var selection = own?.Inner("selection") is { } fields
            ? new SelectionOrigin(
                Text(fields, "selector"),
                fields.Whole(0, "edges_asked"),
                fields.Flag(false, "signed")
            )
            : SelectionOrigin.Unknown(chosen.Count(edge => edge));
        var circuit = new Circuit(graph, chosen, selection, scores, Before(own?.Inner("before_pruning")));
        if (
            circuit.BeforePruning is { } before
            && (before.Edges < circuit.EdgeCount || before.Nodes < circuit.NodeCount)
        )
        {
            throw Error(
                $"'{Key}.before_pruning' says '{before.Edges}' edges and '{before.Nodes}' nodes, but more are in the graph: {circuit.EdgeCount} and {circuit.NodeCount}."
            );
        }
        return circuit;
    }

    private ScoreOrigin ScoresOf(ConfigFields? fields)
    {
        if (fields is null)
        {
            return ScoreOrigin.Unknown;
        }
        if (fields.Text("sign") is { } sign && sign != ScoreOrigin.SignConvention)
        {
            throw Error(
                $"'{Key}.scores.sign' is another text than '{ScoreOrigin.SignConvention}', the only one that is read."
            );
        }
        return new ScoreOrigin
        {
            Method = Text(fields, "method"),
            Steps = fields.WholeOrNull("steps"),
            Quadrature = fields.Text("quadrature"),
            Metric = Text(fields, "metric"),
            Intervention = Text(fields, "intervention"),
            Aggregation = Text(fields, "aggregation"),
            Examples = fields.Whole(0, "examples"),
        };
    }

    private static CircuitSize? Before(ConfigFields? fields) =>
        fields is null ? null : new CircuitSize(fields.Whole(0, "edges"), fields.Whole(0, "nodes"));

    private string Text(ConfigFields fields, string key) =>
        fields.Text(key) ?? throw Error($"'{Key}' lacks a '{key}', but the text is expected.");

    private InvalidCircuitException Error(string sentence) => new($"{source}: {sentence}");
}
