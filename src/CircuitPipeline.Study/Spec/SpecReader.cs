using CircuitPipeline.Pipeline.Errors;

namespace CircuitPipeline.Study.Spec;

/// <summary>Reads an experiment's YAML file.</summary>
public static class SpecReader
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">Where the file is.</param>
    /// <param name="shownAs">How messages name the file.</param>
    /// <exception cref="InvalidExperimentException">The file has problems; the message lists them all.</exception>
    public static ExperimentSpec ReadFile(string path, string shownAs) => Read(() => SpecText.Read(path), shownAs);

    /// <summary>Reads YAML text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="shownAs">How messages name it.</param>
    /// <exception cref="InvalidExperimentException">The text has problems; the message lists them all.</exception>
    public static ExperimentSpec ReadText(string text, string shownAs) => Read(() => text, shownAs);

    private static ExperimentSpec Read(Func<string> text, string shownAs)
    {
        SpecProblems problems = new(shownAs);
        ExperimentSpec? spec = null;
        try
        {
            SpecNode root = SpecTree.Read(text(), problems);
            spec = (ExperimentSpec?)
                new SpecBinder(problems).Bind(root, typeof(ExperimentSpec), "", new SpecLimits(null));
        }
        catch (SpecSyntaxException stop)
        {
            problems.Add(stop.Problem);
        }
        problems.ThrowIfAny();
        return spec!;
    }
}
