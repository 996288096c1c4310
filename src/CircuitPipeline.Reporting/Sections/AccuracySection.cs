using CircuitPipeline.Reporting.Charts;
using CircuitPipeline.Reporting.Html;
using CircuitPipeline.Reporting.Results;

namespace CircuitPipeline.Reporting.Sections;

/// <summary>Accuracy by method, with what each one trains.</summary>
internal static class AccuracySection
{
    private static readonly Column[] Columns =
    [
        "Method",
        Column.Number("Trainable parameters"),
        Column.Number("Tokens of a run"),
        Column.Number("Seconds"),
        Column.Number("Right"),
        Column.Number("Of"),
        Column.Number("Accuracy"),
        Column.Number("95 % interval"),
        "Base/seed: accuracy",
    ];

    public static void Write(HtmlWriter page, StudyResults results)
    {
        if (results.Accuracies.Length == 0)
        {
            return;
        }

        page.Section(
            "accuracy",
            "Accuracy by method",
            () =>
            {
                page.Chart(
                    "chart-accuracy",
                    "Accuracy on the test split, with 95 % intervals",
                    AccuracyChart.Of(results.Accuracies)
                );
                page.Table(Caption(results), Columns, results.Accuracies.Select(Row));
                WriteForgetting(page, results);
            }
        );
    }

    public static string Parameters(MethodAccuracy method) =>
        method.TrainableParameters == 0 ? "not fine-tuned" : $"{Trained(method)} parameters";

    // Those that are kept are what runs afterwards.
    private static string Trained(MethodAccuracy method) =>
        NumberFormat.Count(method.TrainableParameters)
        + (method.KeptParameters is { } kept ? $", {NumberFormat.Count(kept)} kept" : "");

    private static void WriteForgetting(HtmlWriter page, StudyResults results)
    {
        MethodAccuracy[] methods = [.. results.Accuracies.Where(method => method.Others.Length > 0)];
        if (methods.Length == 0)
        {
            return;
        }

        page.Table(
            "What the models answer of other tasks before and after being fine-tuned on this one: what they forget.",
            ["Method", .. methods[0].Others.Select(other => Column.Number(other.Task))],
            methods.Select(method =>
                (Cell[])
                    [
                        new(method.Method, "strong"),
                        .. method.Others.Select(other => new Cell(
                            $"{Share(other.Before, other.Total)} → {Share(other.After, other.Total)}"
                        )),
                    ]
            )
        );

        static string Share(long right, long all) => NumberFormat.Percent((double)right / all);
    }

    private static string Caption(StudyResults results) =>
        "Intervals: " + string.Join("; ", results.Accuracies.Select(method => method.IntervalFrom).Distinct()) + ".";

    private static Cell[] Row(MethodAccuracy method) =>
        [
            new(method.Method, method.Role == MethodRole.Adapter ? "strong" : "quiet"),
            Trained(method),
            method.Tokens is { } tokens ? NumberFormat.Count(tokens) : "",
            method.Seconds is { } seconds ? NumberFormat.Significant(seconds) : "",
            NumberFormat.Count(method.Correct),
            NumberFormat.Count(method.Total),
            new(NumberFormat.Percent(method.Accuracy), "strong"),
            NumberFormat.Interval(method.Interval),
            string.Join(
                ", ",
                method.Seeds.Select(seed => $"{seed.Base}/{seed.Seed}: {NumberFormat.Percent(seed.Accuracy)}")
            ),
        ];
}
