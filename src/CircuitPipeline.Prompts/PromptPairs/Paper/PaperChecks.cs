namespace CircuitPipeline.Prompts.PromptPairs.Paper;

/// <summary>Works out every answer anew and compares rows with each other.</summary>
internal static class PaperChecks
{
    public static IEnumerable<PaperProblem> Problems(PaperRows rows)
    {
        Dictionary<string, int> lines = new(StringComparer.Ordinal);
        foreach (PaperRow row in rows.Rows)
        {
            string? sentence =
                OfPrompts(row)
                ?? (
                    lines.TryAdd(row.Clean, row.Line)
                        ? null
                        : $"the clean prompt '{MessageText.End(row.Clean)}' stands in line {lines[row.Clean]} already."
                );
            if (sentence is not null)
            {
                yield return new PaperProblem(rows.Source, row.Line, sentence);
            }
        }
    }

    private static string? OfPrompts(PaperRow row)
    {
        (PaperPrompt? clean, PaperPrompt? corrupted) = (PaperPrompt.Of(row.Clean), PaperPrompt.Of(row.Corrupted));
        return (clean, corrupted) switch
        {
            (null, _) => Unknown("clean", row.Clean),
            (_, null) => Unknown("corrupted", row.Corrupted),
            ({ Answer: null }, _) => $"the clean prompt '{MessageText.End(row.Clean)}' has no answer: {clean.Lacks}.",
            _ when clean.Answer != row.Label =>
                $"the label of '{MessageText.End(row.Clean)}' is '{MessageText.OneLine(row.Label)}', but the answer is '{clean.Answer}'.",
            _ when clean.Task != corrupted.Task =>
                $"the clean prompt is of the task '{clean.Task}' and the corrupted one of '{corrupted.Task}', but both must be of one.",
            _ when row.Clean == row.Corrupted => "the corrupted prompt is the clean one.",
            _ => null,
        };
    }

    private static string Unknown(string which, string prompt) =>
        $"the {which} prompt '{MessageText.OneLine(prompt)}' is of no known task; {PaperPrompt.Tasks} are known.";
}
