using System.Globalization;
using CircuitPipeline.Circuits.Diff;
using CircuitPipeline.Circuits.Graph;
using CircuitPipeline.Circuits.Selection;

namespace CircuitPipeline.Verify;

/// <summary>Describes what changed from one circuit to another.</summary>
internal static class DiffText
{
    public static Snapshot Of(CircuitDiff diff, SnapshotTolerance? tolerance) =>
        new(
            [
                new Header(Header.Title, $"circuit diff of {diff.Before.Graph}"),
                Change("edges", diff.Edges),
                Change("nodes", diff.Nodes),
                new Header("nodes joined", Names(diff.Nodes.Added), IsCount: true),
                new Header("nodes left", Names(diff.Nodes.Removed), IsCount: true),
                new Header("edge changes by nodes", $"{diff.EdgeChangesByNodes}", IsCount: true),
                .. diff.Layers.Select(Layer),
                .. Side("before", diff.Before),
                .. Side("after", diff.After),
                .. Origins.Rules(diff.Before.Scores is not null || diff.After.Scores is not null, tolerance),
            ],
            [.. diff.Before.EdgeIndices.Union(diff.After.EdgeIndices).Order().Select(edge => EntryOf(diff, edge))]
        );

    private static Header Change<T>(string what, SetChange<T> change) =>
        new(
            what,
            $"{change.Before} before, {change.After} after: {change.Added.Length} joined, {change.Removed.Length} left, {change.Shared.Length} stayed, Jaccard {(change.Jaccard is null ? "undefined" : Number.Text(change.Jaccard))}",
            IsCount: true
        );

    private static Header Layer(LayerChange layer)
    {
        string scores = layer.Scores is { } sums ? $", score change {Number.Text(sums.BySource)}" : "";
        return new Header(
            string.Create(CultureInfo.InvariantCulture, $"edges from layer {layer.Layer}"),
            $"{layer.EdgesAdded} joined, {layer.EdgesRemoved} left, {layer.EdgesShared} stayed{scores}",
            IsCount: true
        );
    }

    private static IEnumerable<Header> Side(string side, Circuit circuit) =>
        Origins
            .Of(circuit.Scores?.Origin)
            .Append(new Header("selection", Origins.Selection(circuit)))
            .Select(header => header with { Name = $"{header.Name} {side}" });

    private static Entry EntryOf(CircuitDiff diff, int edge)
    {
        (bool was, bool has) = (diff.Before.Contains(edge), diff.After.Contains(edge));
        char mark = (was, has) switch
        {
            (true, true) => '=',
            (true, _) => '-',
            _ => '+',
        };
        (double? before, double? after) = (diff.Before.Scores?.Values[edge], diff.After.Scores?.Values[edge]);
        // A line with one of two scores could not be read again.
        bool isHalf = was && has && (before is null || after is null);
        return new Entry(
            mark,
            diff.Before.Graph.EdgeAt(edge).Name,
            was && !isHalf ? before : null,
            has && !isHalf ? after : null
        );
    }

    private static string Names(IEnumerable<Node> nodes) =>
        string.Join(", ", nodes.Select(node => node.Name).DefaultIfEmpty("none"));
}
