using CircuitPipeline.Reporting.Html;
using CircuitPipeline.Reporting.Results;

namespace CircuitPipeline.Reporting.Sections;

/// <summary>The page from top to bottom; a section without data is left out.</summary>
internal static class PageBody
{
    public static void Write(HtmlWriter page, StudyResults results) =>
        page.Group(
            "main",
            "",
            () =>
            {
                HeaderSection.Write(page, results);
                AccuracySection.Write(page, results);
                DifferenceSection.Write(page, results);
                CheckpointSection.Write(page, results);
                ChangeSection.Write(page, results);
                CircuitSection.Write(page, results);
                QualitySection.Write(page, results);
                LayerSection.Write(page, results);
                PlanSection.Write(page, results);
                CompositionSection.Write(page, results);
                SettingSection.Write(page, results);
                StageSection.Write(page, results);
                ProvenanceSection.Write(page, results);
            }
        );
}
