using System.Collections.Immutable;

namespace CircuitPipeline.Prompts.PromptPairs.Paper;

/// <summary>Compares data files that must not share a prompt, such as the rows to fine-tune on and those to find circuits with.</summary>
public static class PaperSplits
{
    /// <summary>Names every clean prompt that an earlier file holds already.</summary>
    /// <param name="files">The files.</param>
    /// <returns>The problems in the order of the files and their lines; empty when the files are disjoint.</returns>
    public static ImmutableArray<PaperProblem> Overlaps(params IEnumerable<PaperRows> files)
    {
        ImmutableArray<PaperProblem>.Builder problems = ImmutableArray.CreateBuilder<PaperProblem>();
        Dictionary<string, string> places = new(StringComparer.Ordinal);
        foreach (PaperRows file in files)
        {
            problems.AddRange(
                file.Rows.Where(row => places.ContainsKey(row.Clean))
                    .Select(row => new PaperProblem(
                        file.Source,
                        row.Line,
                        $"the clean prompt '{MessageText.End(row.Clean)}' stands at {places[row.Clean]} too, but splits must be disjoint."
                    ))
            );
            foreach (PaperRow row in file.Rows)
            {
                places.TryAdd(row.Clean, $"{file.Source}({row.Line})");
            }
        }
        return problems.ToImmutable();
    }

    /// <summary>Refuses files that share a clean prompt.</summary>
    /// <param name="files">The files.</param>
    /// <exception cref="InvalidDataException">A prompt stands in two of them; the message names the first fifty, a line each.</exception>
    public static void MustBeDisjoint(params IEnumerable<PaperRows> files) => PaperProblems.MustBeNone(Overlaps(files));
}
