using CircuitPipeline.Reporting.Drawings;
using CircuitPipeline.Reporting.Html;
using CircuitPipeline.Reporting.Results;

namespace CircuitPipeline.Reporting.Sections;

/// <summary>All tasks of a study at a glance: a table with what each learned and changed, and their circuits side by side.</summary>
internal static class TaskSection
{
    public static void Write(HtmlWriter page, StudyResults results)
    {
        if (results.Tasks.Length == 0)
        {
            return;
        }

        string[] methods = [.. results.Tasks.SelectMany(task => task.Accuracies).Select(one => one.Method).Distinct()];
        page.Section(
            "tasks",
            "All tasks",
            () =>
            {
                page.Paragraph(
                    "Accuracies are on each task's test split. The Jaccard index is that of the circuits before and after fine-tuning, beside its floor: the lower one of the two models, found twice with other pairs. A change whose index is not below its floor is noise."
                );
                page.Table(
                    "A row for each task; its own part of the page is below.",
                    [
                        "Task",
                        .. methods.Select(Column.Number),
                        Column.Number("Edge Jaccard"),
                        Column.Number("Its floor"),
                        Column.Number("Node Jaccard"),
                        Column.Number("Its floor"),
                    ],
                    results.Tasks.Select(task => Row(task, methods))
                );
                page.Paragraph(
                    "Each task's circuit after fine-tuning; the same node lies in the same place everywhere. Blue was added, grey was there before, orange is gone."
                );
                page.Group("div", "graphs small", () => WriteGraphs(page, results));
            }
        );
    }

    private static Cell[] Row(StudyResults task, string[] methods)
    {
        CircuitChange? change = task.Changes.LastOrDefault(one => one.Floors.Length > 0);
        double? edges = change?.Floors.Min(floor => floor.Edges.Jaccard);
        double? nodes = change?.Floors.Min(floor => floor.Nodes.Jaccard);
        return
        [
            new(task.Study, "strong"),
            .. methods.Select(method =>
                task.Accuracies.FirstOrDefault(one => one.Method == method) is { } accuracy
                    ? new Cell(NumberFormat.Percent(accuracy.Accuracy))
                    : new Cell("", "quiet")
            ),
            new(NumberFormat.Number(change?.Edges.Jaccard, 3), change?.Edges.Jaccard < edges ? "strong" : "quiet"),
            new(NumberFormat.Number(edges, 3), "quiet"),
            new(NumberFormat.Number(change?.Nodes.Jaccard, 3), change?.Nodes.Jaccard < nodes ? "strong" : "quiet"),
            new(NumberFormat.Number(nodes, 3), "quiet"),
        ];
    }

    private static void WriteGraphs(HtmlWriter page, StudyResults results)
    {
        int limit = CircuitDrawing.LimitOf(results);
        foreach ((int place, StudyResults task) in results.Tasks.Index())
        {
            if (task.Circuits is [var first, .., var last])
            {
                page.Graph($"small-{place}", task.Study, CircuitDrawing.Still(task.Study, first, last, limit));
            }
        }
    }
}
