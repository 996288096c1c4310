using CircuitPipeline.Circuits;

namespace CircuitPipeline.Verify;

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
