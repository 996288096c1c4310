namespace CircuitPipeline.Prompts;

/// <summary>What is wrong with a row of a data file.</summary>
/// <param name="Source">The file's name.</param>
/// <param name="Line">The line on which the row begins, from 1.</param>
/// <param name="Sentence">What is wrong, with what was found and what belongs there.</param>
public sealed record PaperProblem(string Source, int Line, string Sentence)
{
    /// <summary>The sentence with its place, as in <c>data.csv(7): …</c>.</summary>
    public override string ToString() => $"{Source}({Line}): {Sentence}";
}
