namespace CircuitPipeline.Prompts.PromptPairs.Paper;

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
        IEnumerable<string> lines = problems.Take(MostShown).Select(problem => problem.ToString());
        int more = problems.Count - MostShown;
        throw new InvalidDataException(
            string.Join('\n', more > 0 ? [.. lines, $"{problems.First().Source}: {more} more rows are wrong."] : lines)
        );
    }
}

/// <summary>What is wrong with a row of a data file.</summary>
/// <param name="Source">The file's name.</param>
/// <param name="Line">The line on which the row begins, from 1.</param>
/// <param name="Sentence">What is wrong, with what was found and what belongs there.</param>
public sealed record PaperProblem(string Source, int Line, string Sentence)
{
    /// <summary>The sentence with its place, as in <c>data.csv(7): …</c>.</summary>
    public override string ToString() => $"{Source}({Line}): {Sentence}";
}
