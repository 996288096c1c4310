using CircuitPipeline.Pipeline.Errors;

namespace CircuitPipeline.Study.Spec;

/// <summary>Collects all problems of one file, so that they are reported together.</summary>
internal sealed class SpecProblems(string file)
{
    private const int Shown = 100;
    private readonly List<LocatedProblem> _found = [];

    public bool Any => _found.Count > 0;

    public int Count => _found.Count;

    public void Add(SpecNode where, string code, string message) =>
        _found.Add(new LocatedProblem(where.Line, where.Column, code, message));

    public void Add(LocatedProblem problem) => _found.Add(problem);

    /// <summary>Throws when anything was found; problems are in the order of the file.</summary>
    public void ThrowIfAny()
    {
        if (!Any)
            return;
        IEnumerable<string> lines = _found
            .OrderBy(problem => problem.Line)
            .ThenBy(problem => problem.Column)
            .Take(Shown)
            .Select(problem => problem.In(file));
        if (_found.Count > Shown)
            lines = lines.Append($"{file}: and {_found.Count - Shown} more problems.");
        throw new InvalidExperimentException(string.Join('\n', lines));
    }
}
