using CircuitPipeline.Reporting.Html;
using CircuitPipeline.Reporting.Results;

namespace CircuitPipeline.Reporting.Sections;

/// <summary>The question, the few numbers that matter, the answers, and what they cannot settle.</summary>
internal static class HeaderSection
{
    public static void Write(HtmlWriter page, StudyResults results) =>
        Write(page, results, "Study", "Questions and answers");

    /// <summary>The same of one of several tasks.</summary>
    public static void WriteTask(HtmlWriter page, StudyResults task) =>
        Write(page, task, "Task", "Questions and answers");

    private static void Write(HtmlWriter page, StudyResults results, string kind, string answersTitle)
    {
        page.Group(
            "header",
            "",
            () =>
            {
                page.Paragraph(
                    results.Protocol is { } protocol ? $"{kind} · {protocol.Name} protocol" : kind,
                    "eyebrow"
                );
                page.Element("h1", results.Study);
                page.Paragraph(results.Question, "question");
            }
        );
        AnswerSection.Write(page, results, answersTitle);
        if (results.Accuracies.Length > 0)
        {
            page.Group("div", "cards", () => WriteCards(page, results));
        }

        if (Caveats.Of(results).ToArray() is { Length: > 0 } caveats)
        {
            page.Group(
                "aside",
                "caveat",
                () =>
                {
                    page.Element("h2", "What it cannot settle");
                    foreach (string caveat in caveats)
                    {
                        page.Paragraph(caveat);
                    }
                }
            );
        }
    }

    private static void WriteCards(HtmlWriter page, StudyResults results)
    {
        foreach (MethodAccuracy method in results.Accuracies)
        {
            page.Group(
                "div",
                $"card {method.Role.ToString().ToLowerInvariant()}",
                () =>
                {
                    page.Paragraph(method.Method, "label");
                    page.Paragraph(NumberFormat.Percent(method.Accuracy), "value");
                    page.Paragraph(AccuracySection.Parameters(method), "detail");
                }
            );
        }
    }
}
