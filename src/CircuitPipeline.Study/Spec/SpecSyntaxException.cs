namespace CircuitPipeline.Study.Spec;

/// <summary>The text cannot be read any further.</summary>
internal sealed class SpecSyntaxException(LocatedProblem problem) : Exception(problem.Message)
{
    public LocatedProblem Problem { get; } = problem;
}
