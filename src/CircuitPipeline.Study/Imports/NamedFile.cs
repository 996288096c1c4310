using CircuitPipeline.Study.Spec;

namespace CircuitPipeline.Study.Imports;

/// <summary>A file that an experiment names for a set of pairs; nothing of it is read.</summary>
/// <param name="Key">The key that names it, as <c>pairs.circuit_again.file</c>.</param>
/// <param name="File">Its path as the experiment has it.</param>
/// <param name="IsThere">Whether there is such a file.</param>
internal sealed record NamedFile(string Key, string File, bool IsThere)
{
    /// <summary>The files of an experiment, in the order of its keys.</summary>
    /// <param name="spec">The experiment.</param>
    /// <param name="folder">The folder that its paths are relative to.</param>
    internal static IEnumerable<NamedFile> Of(ExperimentSpec spec, string folder)
    {
        foreach (TaskFiles task in spec.Files)
        {
            foreach (NamedPairsFile set in task.Pairs.Named)
            {
                yield return Of($"{task.Path}.{set.Key}.file", set.File.File, folder);
                if (set.File.AnswerSets is { } sets)
                {
                    yield return Of($"{task.Path}.{set.Key}.answer_sets", sets, folder);
                }
            }
        }
    }

    /// <summary>The path, and whether the file is there.</summary>
    public override string ToString() => $"'{MessageText.OneLine(File)}', {(IsThere ? "there" : "not there")}";

    private static NamedFile Of(string key, string file, string folder) =>
        new(key, file, System.IO.File.Exists(Path.Combine(folder, file)));
}
