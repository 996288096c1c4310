using System.Globalization;
using CircuitPipeline.Circuits.Scores;
using CircuitPipeline.Circuits.Selection;

namespace CircuitPipeline.Verify;

/// <summary>Describes a circuit.</summary>
internal static class CircuitText
{
    public static Snapshot Of(Circuit circuit, SnapshotTolerance? tolerance) =>
        new(
            [
                new Header(Header.Title, $"circuit of {circuit.Graph}"),
                new Header("edges", $"{circuit.EdgeCount} of {circuit.Graph.EdgeCount}", IsCount: true),
                new Header("nodes", $"{circuit.NodeCount} of {circuit.Graph.Nodes.Length}", IsCount: true),
                new Header("before pruning", BeforePruning(circuit), IsCount: true),
                .. Origins.Of(circuit.Scores?.Origin),
                new Header("selection", Origins.Selection(circuit)),
                .. Origins.Rules(circuit.Scores is not null, tolerance),
            ],
            [.. circuit.EdgeIndices.Select(edge => EntryOf(circuit, edge))]
        );

    private static Entry EntryOf(Circuit circuit, int edge) =>
        new(Entry.NoMark, circuit.Graph.EdgeAt(edge).Name, null, circuit.Scores?.Values[edge]);

    private static string BeforePruning(Circuit circuit) =>
        circuit.BeforePruning is { } size ? $"{size.Edges} edges, {size.Nodes} nodes" : "not pruned";
}

/// <summary>Describes the scores of all edges.</summary>
internal static class ScoresText
{
    public static Snapshot Of(EdgeScores scores, SnapshotTolerance? tolerance) =>
        new(
            [
                new Header(Header.Title, $"scores of {scores.Graph}"),
                new Header("edges", $"{scores.Graph.EdgeCount}", IsCount: true),
                .. Origins.Of(scores.Origin),
                .. Origins.Rules(hasScores: true, tolerance),
            ],
            [.. scores.Graph.Edges.Zip(scores.Values, (edge, score) => new Entry(Entry.NoMark, edge.Name, null, score))]
        );
}

/// <summary>Describes how circuits and scores were made, and how their snapshot is compared.</summary>
internal static class Origins
{
    public static IEnumerable<Header> Of(ScoreOrigin? origin)
    {
        if (origin is null)
        {
            return [];
        }
        string?[] method = [origin.Method, Steps(origin), origin.Quadrature, origin.Intervention];
        return
        [
            new Header("method", string.Join(", ", method.Where(part => part is not null))),
            new Header(
                "metric",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{origin.Metric}, {origin.Aggregation} of {origin.Examples} examples"
                )
            ),
        ];
    }

    public static string Selection(Circuit circuit) =>
        $"{circuit.Selection.Selector}, {circuit.Selection.EdgesAsked} edges asked, by {(circuit.Selection.Signed ? "signed" : "absolute")} score";

    public static IEnumerable<Header> Rules(bool hasScores, SnapshotTolerance? tolerance) =>
        [
            new Header("scores", hasScores ? Number.Rule : "none"),
            new Header("tolerance", tolerance?.ToString() ?? "none, all is compared exactly"),
        ];

    private static string? Steps(ScoreOrigin origin) => origin.Steps is int steps ? $"{steps} steps" : null;
}
