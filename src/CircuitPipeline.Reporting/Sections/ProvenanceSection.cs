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
                page.Fold("The study's spec", () => page.Element("pre", results.Provenance.Spec));
                page.Fold("Licences of the libraries in this page", () => page.Element("pre", PageParts.Licences()));
            }
        );
}
