using CircuitPipeline.Reporting.Html;
using CircuitPipeline.Reporting.Results;

namespace CircuitPipeline.Reporting.Sections;

/// <summary>Says at the head of a section that it is of the first base model alone; nothing where there is one.</summary>
internal static class FirstBase
{
    /// <summary>Writes it.</summary>
    /// <param name="page">The page.</param>
    /// <param name="results">The study's, or a task's.</param>
    /// <param name="stages">The stages whose folders, beside the page, have the same of every base model.</param>
    public static void Write(HtmlWriter page, StudyResults results, params string[] stages)
    {
        if (results.Bases.Length > 1)
        {
            page.Paragraph(
                $"Of {results.Bases[0].Base}, the first of {results.Bases.Length} base models; what was measured of the others is in {string.Join(" and ", stages.Select(stage => $"{stage}/"))} beside this page."
            );
        }
    }
}
