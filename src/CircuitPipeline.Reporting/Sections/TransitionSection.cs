using CircuitPipeline.Circuits.Diff;
using CircuitPipeline.Reporting.Html;
using CircuitPipeline.Reporting.Results;

namespace CircuitPipeline.Reporting.Sections;

/// <summary>How circuits changed from checkpoint to checkpoint, how much of it came with nodes, and where the whole change is.</summary>
internal static class TransitionSection
{
    private static readonly Column[] Columns =
    [
        "From → to",
        Column.Number("Nodes + / −"),
        Column.Number("Node change rate"),
        Column.Number("Its floor"),
        Column.Number("Edges + / −"),
        Column.Number("of them with their node"),
        Column.Number("Edge change rate"),
        Column.Number("Its floor"),
    ];

    private static readonly Column[] OfModules =
    [
        "Layer",
        "Part",
        Column.Number("Nodes + / −"),
        Column.Number("Edges + / −"),
        Column.Number("Edges kept"),
        Column.Number("Edge change rate"),
        Column.Number("Its floor"),
    ];

    public static void Write(HtmlWriter page, StudyResults results)
    {
        CircuitChange[] changes = [.. results.Changes.Take(1), .. results.Transitions];
        if (changes.All(change => change.EdgeChangesByNodes is null))
        {
            return;
        }

        page.Section(
            "transitions",
            "From checkpoint to checkpoint",
            () =>
            {
                FirstBase.Write(page, results, "DiffCircuits");
                page.Paragraph(
                    "An edge that came or went together with one of its nodes changed with its node. The floor is the larger change rate of the two models, each against itself with other prompt pairs."
                );
                page.Table("Change rate: added and removed over those before.", Columns, changes.Select(Row));
                if (results.Changes[^1] is { Modules.Length: > 0 } last)
                {
                    page.Table(
                        $"{last.Before} → {last.After}, by where edges end; query, key and value are parts of attention.",
                        OfModules,
                        Enumerable.Range(0, last.Modules.Length).Select(place => Part(last, place))
                    );
                }
            }
        );
    }

    private static Cell[] Row(CircuitChange change) =>
        [
            $"{change.Before} → {change.After}",
            AddedRemoved(change.Nodes),
            NumberFormat.Percent(change.Nodes.ChangeRate),
            new(NumberFormat.Percent(change.Floors.Max(floor => floor.Nodes.ChangeRate)), "quiet"),
            AddedRemoved(change.Edges),
            change.EdgeChangesByNodes is { } induced ? NumberFormat.Count(induced) : NumberFormat.Nothing,
            new(NumberFormat.Percent(change.Edges.ChangeRate), "strong"),
            new(NumberFormat.Percent(change.Floors.Max(floor => floor.Edges.ChangeRate)), "quiet"),
        ];

    private static Cell[] Part(CircuitChange change, int place)
    {
        ModuleChange part = change.Modules[place];
        return
        [
            NumberFormat.Count(part.Layer),
            part.Module,
            part.Nodes is { } nodes ? AddedRemoved(nodes) : NumberFormat.Nothing,
            AddedRemoved(part.Edges),
            NumberFormat.Count(part.Edges.Shared),
            new(NumberFormat.Percent(part.Edges.ChangeRate), "strong"),
            new(
                NumberFormat.Percent(
                    change
                        .Floors.Where(floor => place < floor.Modules.Length)
                        .Max(floor => floor.Modules[place].Edges.ChangeRate)
                ),
                "quiet"
            ),
        ];
    }

    private static string AddedRemoved(ChangeCounts change) =>
        $"{NumberFormat.Count(change.Added)} / {NumberFormat.Count(change.Removed)}";
}
