using CircuitPipeline.Reporting.Html;
using CircuitPipeline.Reporting.Results;

namespace CircuitPipeline.Reporting.Sections;

/// <summary>Where the numbers come from, the study's spec, and the software in the page.</summary>
internal static class ProvenanceSection
{
    public static void Write(HtmlWriter page, StudyResults results) =>
        page.Section(
            "provenance",
            "Where this comes from",
            () =>
            {
                page.Table(
                    "Recorded when the study ran.",
                    ["What", "Value"],
                    results.Provenance.Facts.Select(fact => (Cell[])[new(fact.Name, "strong"), new(fact.Value, "code")])
                );
                Fold(page, "The study's spec", results.Provenance.Spec);
                Fold(page, "Licences of the libraries in this page", PageParts.Licences());
            }
        );

    private static void Fold(HtmlWriter page, string title, string text) =>
        page.Group(
            "details",
            "",
            () =>
            {
                page.Element("summary", title);
                page.Element("pre", text);
            }
        );
}
