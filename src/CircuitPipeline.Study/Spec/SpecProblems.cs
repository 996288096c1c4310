using CircuitPipeline.Pipeline.Errors;

namespace CircuitPipeline.Study.Spec;

/// <summary>Collects all problems of one file, so that they are reported together.</summary>
internal sealed class SpecProblems(string file)
{
    private const int Shown = 100;
    private readonly List<LocatedProblem> _found = [];

    public bool Any => _found.Count > 0;

    public int Count => _found.Count;

    public IEnumerable<LocatedProblem> All => _found;

    public void Add(SpecNode where, string code, string message) =>
        _found.Add(new LocatedProblem(where.Line, where.Column, code, message) { From = where.From });

    public void Add(LocatedProblem problem) => _found.Add(problem);

    /// <summary>Throws when anything was found; problems are in the order of the file.</summary>
    public void ThrowIfAny()
    {
        if (!Any)
        {
            return;
        }

        // What is wrong with several studies of a matrix is said once.
        IEnumerable<string> lines = _found
            .Distinct()
            .OrderBy(problem => problem.From ?? "", StringComparer.Ordinal)
            .ThenBy(problem => problem.Line)
            .ThenBy(problem => problem.Column)
            .Take(Shown)
            .Select(problem => problem.In(file));
        if (_found.Count > Shown)
        {
            lines = lines.Append($"{file}: and {_found.Count - Shown} more problems.");
        }

        throw new InvalidExperimentException(string.Join('\n', lines));
    }
}

/// <summary>One thing that is wrong with an experiment's file, and where.</summary>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The column, from 1.</param>
/// <param name="Code">A code of <see cref="Diagnostics"/>.</param>
/// <param name="Message">The sentence.</param>
internal sealed record LocatedProblem(int Line, int Column, string Code, string Message)
{
    /// <summary>The file beside the experiment's own, or the option, that it is in; null for the experiment's own.</summary>
    public string? From { get; init; }

    /// <summary>The form that editors and MSBuild parse.</summary>
    public string In(string file) =>
        Line == 0
            ? $"{From}: error {Code}: {Message}"
            : $"{(From is null ? file : Beside(file, From))}({Line},{Column}): error {Code}: {Message}";

    private static string Beside(string file, string other) =>
        Path.Combine(Path.GetDirectoryName(file) ?? "", other).Replace('\\', '/');
}

/// <summary>The codes of everything that can be wrong with an experiment's file; a code never changes its meaning.</summary>
public static class Diagnostics
{
    /// <summary>The file does not exist or cannot be read.</summary>
    public const string UnreadableFile = "CP0001";

    /// <summary>The file is not text: too long, empty, or not UTF-8.</summary>
    public const string NotText = "CP0002";

    /// <summary>The text is not YAML.</summary>
    public const string NotYaml = "CP0003";

    /// <summary>A part of YAML that an experiment has no use for: anchors, tags, several documents, deep nesting.</summary>
    public const string UnsupportedYaml = "CP0004";

    /// <summary>A key is given twice.</summary>
    public const string DuplicateKey = "CP0005";

    /// <summary>A required key is missing.</summary>
    public const string MissingKey = "CP0006";

    /// <summary>A key that means nothing.</summary>
    public const string UnknownKey = "CP0007";

    /// <summary>A value of the wrong kind.</summary>
    public const string IllTypedValue = "CP0008";

    /// <summary>A value of the right kind that is not allowed, by itself or beside another.</summary>
    public const string OutOfRange = "CP0009";

    /// <summary>A file that the experiment names cannot be used.</summary>
    public const string UnusableFile = "CP0010";
}
