using System.Globalization;
using CircuitPipeline.Circuits;

namespace CircuitPipeline.Tool;

/// <summary>A circuit diff for a person.</summary>
internal static class DiffLines
{
    internal static string[] Of(CircuitDiff diff, bool names) =>
        [
            Line("nodes", diff.Nodes),
            Line("edges", diff.Edges),
            $"changed edges with a changed node at an end: {Number(diff.EdgeChangesByNodes)}",
            "",
            "layer   edges + / - / kept        sum of |score after - score before| by source layer, by destination layer",
            .. diff.Layers.Select(Line),
            .. names ? Names(diff) : [],
        ];

    private static string Line<T>(string what, SetChange<T> change) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{what}: {change.Before:N0} -> {change.After:N0}; {change.Added.Length:N0} added, {change.Removed.Length:N0} removed, {change.Shared.Length:N0} shared; Jaccard {change.Jaccard:0.0000}, change rate {change.ChangeRate:0.0000}"
        );

    private static string Line(LayerChange layer) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{layer.Layer, 5}   {layer.EdgesAdded, 6} {layer.EdgesRemoved, 6} {layer.EdgesShared, 6}"
        )
        + (
            layer.Scores is { } sums
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"        {sums.BySource, 12:0.####e+00} {sums.ByDestination, 12:0.####e+00}"
                )
                : ""
        );

    private static IEnumerable<string> Names(CircuitDiff diff) =>
        [
            "",
            .. diff.Nodes.Added.Select(node => $"+ {node}"),
            .. diff.Nodes.Removed.Select(node => $"- {node}"),
            .. diff.Edges.Added.Select(edge => $"+ {edge}"),
            .. diff.Edges.Removed.Select(edge => $"- {edge}"),
        ];

    private static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
