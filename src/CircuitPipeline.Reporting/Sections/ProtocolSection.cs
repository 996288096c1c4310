using CircuitPipeline.Reporting.Html;
using CircuitPipeline.Reporting.Results;

namespace CircuitPipeline.Reporting.Sections;

/// <summary>Which protocol the study follows, which traps of the paper's code are open, and what the other protocol would do.</summary>
internal static class ProtocolSection
{
    public static void Write(HtmlWriter page, StudyResults results)
    {
        if (results.Protocol is not { } protocol)
        {
            return;
        }

        page.Section(
            "protocol",
            "The protocol",
            () =>
            {
                page.Paragraph(Summary(protocol));
                page.Table(
                    "Where the paper's code and its corrected form differ; what this study does is set in bold, and in colour where that is what the paper's code does.",
                    ["Trap", "This study", "The paper's code", "Corrected", "What comes of the paper's way"],
                    protocol.Traps.Select(trap =>
                        (Cell[])
                            [
                                new(trap.Key, "code"),
                                new(trap.Value, trap.IsOpen ? "critical" : "strong"),
                                new(trap.Paper, trap.IsOpen ? "" : "quiet"),
                                new(trap.Corrected, trap.IsOpen ? "quiet" : ""),
                                trap.Effect,
                            ]
                    )
                );
            }
        );
    }

    private static string Summary(ProtocolSummary protocol)
    {
        TrapState[] open = [.. protocol.Traps.Where(trap => trap.IsOpen)];
        return $"This page is of a study by the {protocol.Name} protocol. "
            + (
                open.Length == 0
                    ? "None of the traps of the paper's code is open. With 'protocol: paper' those that the model allows would be; the paper's own numbers were made so."
                    : $"{Plural.Of(open.Length, "trap")} of the paper's code {(open.Length == 1 ? "is" : "are")} open: {string.Join(", ", open.Select(trap => trap.Key))}. With 'protocol: corrected' none would be."
            );
    }
}
