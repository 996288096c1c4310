namespace CircuitPipeline.Study.Spec;

/// <summary>One thing that is wrong with an experiment's file, and where.</summary>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The column, from 1.</param>
/// <param name="Code">A code of <see cref="Diagnostics"/>.</param>
/// <param name="Message">The sentence.</param>
internal sealed record LocatedProblem(int Line, int Column, string Code, string Message)
{
    /// <summary>The form that editors and MSBuild parse.</summary>
    public string In(string file) => $"{file}({Line},{Column}): error {Code}: {Message}";
}
