using CircuitPipeline.Reporting.Drawings;
using CircuitPipeline.Reporting.Html;
using CircuitPipeline.Reporting.Results;

namespace CircuitPipeline.Reporting.Sections;

/// <summary>The page from top to bottom; a section without data is left out.</summary>
internal static class PageBody
{
    public static void Write(HtmlWriter page, StudyResults results)
    {
        int limit = CircuitDrawing.LimitOf(results);
        page.Group(
            "main",
            "",
            () =>
            {
                HeaderSection.Write(page, results);
                TaskSection.Write(page, results);
                WriteMeasures(page, results, limit);
                CompositionSection.Write(page, results);
                ProtocolSection.Write(page, results);
                SettingSection.Write(page, results);
                SampleSection.Write(page, results);
                foreach ((int place, StudyResults task) in results.Tasks.Index())
                {
                    page.Part($"task-{place}", () => WriteTask(page, task, limit));
                }

                StageSection.Write(page, results);
                ProvenanceSection.Write(page, results);
            }
        );
    }

    private static void WriteTask(HtmlWriter page, StudyResults task, int limit) =>
        page.Group(
            "article",
            "task",
            () =>
            {
                HeaderSection.WriteTask(page, task);
                WriteMeasures(page, task, limit);
                SettingSection.Write(page, task);
                SampleSection.Write(page, task);
            }
        );

    private static void WriteMeasures(HtmlWriter page, StudyResults results, int limit)
    {
        AccuracySection.Write(page, results);
        DifferenceSection.Write(page, results);
        CheckpointSection.Write(page, results);
        ChangeSection.Write(page, results);
        TransitionSection.Write(page, results);
        CircuitSection.Write(page, results, limit);
        QualitySection.Write(page, results);
        RobustnessSection.Write(page, results);
        LayerSection.Write(page, results);
        PlanSection.Write(page, results);
    }
}
