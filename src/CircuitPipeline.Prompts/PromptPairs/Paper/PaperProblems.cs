namespace CircuitPipeline.Prompts;

/// <summary>Many problems as one error, a line each.</summary>
internal static class PaperProblems
{
    private const int MostShown = 50;

    public static void MustBeNone(IReadOnlyCollection<PaperProblem> problems)
    {
        if (problems.Count == 0)
        {
            return;
        }
        var lines = problems.Take(MostShown).Select(problem => problem.ToString());
        var more = problems.Count - MostShown;
        throw new InvalidPromptsException(
            string.Join('\n', more > 0 ? [.. lines, $"{problems.First().Source}: {more} more rows are wrong."] : lines)
        );
    }
}
