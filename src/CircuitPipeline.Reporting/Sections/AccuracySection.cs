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
            }
        );
    }

    public static string Parameters(MethodAccuracy method) =>
        method.TrainableParameters == 0 ? "not fine-tuned" : $"{Trained(method)} parameters";

    // Those that are kept are what runs afterwards.
    private static string Trained(MethodAccuracy method) =>
        NumberFormat.Count(method.TrainableParameters)
        + (method.KeptParameters is { } kept ? $", {NumberFormat.Count(kept)} kept" : "");

    private static string Caption(StudyResults results) =>
        "Intervals: " + string.Join("; ", results.Accuracies.Select(method => method.IntervalFrom).Distinct()) + ".";

    private static Cell[] Row(MethodAccuracy method) =>
        [
            new(method.Method, method.Role == MethodRole.Adapter ? "strong" : "quiet"),
            Trained(method),
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
