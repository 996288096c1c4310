using CircuitPipeline.Reporting.Answers;
using CircuitPipeline.Reporting.Html;
using CircuitPipeline.Reporting.Results;

namespace CircuitPipeline.Reporting.Sections;

/// <summary>The questions of the paper and the study's answers, first on the page.</summary>
internal static class AnswerSection
{
    public static void Write(HtmlWriter page, StudyResults results, string title)
    {
        Answer[] answers = Of(results);
        if (answers.Length == 0 && results.Tasks.Length == 0)
        {
            return;
        }

        page.Section(
            "answers",
            title,
            () =>
            {
                foreach (Answer answer in answers)
                {
                    page.Group("article", "answer", () => WriteAnswer(page, answer));
                }

                WriteTasks(page, results);
                WriteRemarks(page, results);
            }
        );
    }

    private static Answer[] Of(StudyResults results) =>
        [
            .. new[]
            {
                EdgeAnswer.Of(results),
                MethodAnswer.OfCircuitLora(results),
                MethodAnswer.OfRandomLora(results),
                UnionAnswer.Of(results),
            }.OfType<Answer>(),
        ];

    private static void WriteAnswer(HtmlWriter page, Answer answer)
    {
        page.Element("h3", answer.Question);
        page.Paragraph(AnswerVerdicts.Text(answer.Verdict), $"verdict {AnswerVerdicts.Mark(answer.Verdict)}");
        page.Paragraph(answer.Sentence);
        page.Group(
            "dl",
            "",
            () =>
            {
                foreach ((string name, string text) in answer.Facts)
                {
                    page.Element("dt", name);
                    page.Element("dd", text);
                }
            }
        );
    }

    // A study of several tasks: each has answers of its own below.
    private static void WriteTasks(HtmlWriter page, StudyResults results)
    {
        Answer[][] tasks = [.. results.Tasks.Select(Of)];
        string[] questions = [.. tasks.SelectMany(answers => answers).Select(answer => answer.Question).Distinct()];
        if (questions.Length == 0)
        {
            return;
        }

        page.Table(
            "Each task by itself; its part of the page has what the answers rest on.",
            ["Task", .. questions.Select(question => new Column(question))],
            results.Tasks.Zip(
                tasks,
                (task, answers) =>
                    (Cell[])
                        [
                            new(task.Study, "strong"),
                            .. questions.Select(question =>
                                answers.FirstOrDefault(answer => answer.Question == question) is { } answer
                                    ? new Cell(
                                        $"{AnswerVerdicts.Text(answer.Verdict)}: {answer.Short}",
                                        answer.Verdict is AnswerVerdict.Yes or AnswerVerdict.No ? "" : "quiet"
                                    )
                                    : new Cell(NumberFormat.Nothing, "quiet")
                            ),
                        ]
            )
        );
    }

    private static void WriteRemarks(HtmlWriter page, StudyResults results)
    {
        if (Remarks.Of(results).ToArray() is { Length: > 0 } remarks)
        {
            page.Group(
                "ul",
                "findings",
                () =>
                {
                    foreach (string remark in remarks)
                    {
                        page.Element("li", remark);
                    }
                }
            );
        }
    }
}
