using System.CommandLine;
using System.Globalization;
using CircuitPipeline.Circuits.Diff;
using CircuitPipeline.Tool.CommandLine;

namespace CircuitPipeline.Tool.Commands;

/// <summary><c>diff</c>: says what changed from one circuit to another.</summary>
internal sealed class DiffCommand : ToolCommand
{
    private static readonly Argument<string> Before = OptionFactory.File("BEFORE.json", "The circuit before.");
    private static readonly Argument<string> After = OptionFactory.File("AFTER.json", "The circuit after.");

    private static readonly Option<bool> Collapse = OptionFactory.Flag(
        "--collapse-qkv",
        "Count the edges to a head's query, key and value as one."
    );

    private static readonly Option<bool> Names = OptionFactory.Flag(
        "--names",
        "Name every node and edge that came or went."
    );

    internal DiffCommand()
        : base("diff", "Says what changed from one circuit to another.", Before, After, Collapse, Names) { }

    internal override CommandResult Run(ParsedOptions options, CommandContext context)
    {
        CircuitDiff diff = CircuitFiles.Compare(options.Text(Before), options.Text(After), options.Flag(Collapse));
        bool names = options.Flag(Names);
        return new CommandResult(Document(diff, names), Lines(diff, names))
        {
            Warnings =
            [
                .. CircuitWarnings.OfEach((options.Text(Before), diff.Before), (options.Text(After), diff.After)),
                .. CircuitWarnings.OfDifferentOrigin(diff.Before, diff.After),
                .. diff.Edges.Jaccard is null
                    ? (string[])["both circuits are empty, so Jaccard and change rate are undefined."]
                    : [],
            ],
        };
    }

    private static object Document(CircuitDiff diff, bool names) =>
        new
        {
            Nodes = Counts(diff.Nodes),
            Edges = Counts(diff.Edges),
            diff.EdgeChangesByNodes,
            Collapsed = diff.Before.Graph.IsCollapsed,
            diff.Layers,
            Names = names
                ? new
                {
                    NodesAdded = diff.Nodes.Added.Select(node => node.Name),
                    NodesRemoved = diff.Nodes.Removed.Select(node => node.Name),
                    EdgesAdded = diff.Edges.Added.Select(edge => edge.Name),
                    EdgesRemoved = diff.Edges.Removed.Select(edge => edge.Name),
                }
                : null,
        };

    private static object Counts<T>(SetChange<T> change) =>
        new
        {
            change.Before,
            change.After,
            Added = change.Added.Length,
            Removed = change.Removed.Length,
            Shared = change.Shared.Length,
            change.Jaccard,
            change.ChangeRate,
        };

    private static string[] Lines(CircuitDiff diff, bool names) =>
        [
            Line("nodes", diff.Nodes),
            Line("edges", diff.Edges),
            string.Create(
                CultureInfo.InvariantCulture,
                $"changed edges with a changed node at an end: {diff.EdgeChangesByNodes:N0}"
            ),
            "",
            "layer   edges + / - / kept        sum of |score after - score before| by source layer, by destination layer",
            .. diff.Layers.Select(Line),
            .. names ? NameLines(diff) : [],
        ];

    private static string Line<T>(string what, SetChange<T> change) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{what}: {change.Before:N0} -> {change.After:N0}; {change.Added.Length:N0} added, {change.Removed.Length:N0} removed, {change.Shared.Length:N0} shared; Jaccard {Share(change.Jaccard)}, change rate {Share(change.ChangeRate)}"
        );

    private static string Share(double? value) =>
        value?.ToString("0.0000", CultureInfo.InvariantCulture) ?? "undefined";

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

    private static IEnumerable<string> NameLines(CircuitDiff diff) =>
        [
            "",
            .. diff.Nodes.Added.Select(node => $"+ {node}"),
            .. diff.Nodes.Removed.Select(node => $"- {node}"),
            .. diff.Edges.Added.Select(edge => $"+ {edge}"),
            .. diff.Edges.Removed.Select(edge => $"- {edge}"),
        ];
}
