using CircuitPipeline.Pipeline.Errors;
using CircuitPipeline.Prompts;
using CircuitPipeline.Study.Artifacts;
using CircuitPipeline.Study.Spec;

namespace CircuitPipeline.Study.Imports;

/// <summary>Reads all files of pairs that an experiment names, before anything runs.</summary>
internal static class StudyImports
{
    /// <summary>Reads the files, says what was read, and warns of what a reader of the results must know.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="folder">The folder that its paths are relative to.</param>
    /// <param name="output">Takes a line for each file, and for each warning.</param>
    /// <exception cref="InvalidExperimentException">A file cannot be used; the message lists all problems with their places.</exception>
    internal static ImportedSets Read(LocatedSpec experiment, string folder, TextWriter output)
    {
        NamedPairsFile[] named = [.. experiment.Spec.Pairs?.Named ?? []];
        if (named.Length == 0)
        {
            return ImportedSets.None;
        }

        SpecProblems problems = new(experiment.ShownAs);
        Vocabulary vocabulary = Vocabulary.ForNumbers(experiment.Spec.Data.MaxNumber);
        SetReader reader = new(experiment.Spec, vocabulary, folder);
        List<ReadSet> sets = [];
        foreach (NamedPairsFile file in named)
        {
            try
            {
                sets.Add(reader.Read(file));
            }
            catch (UnusableSetException problem)
            {
                string key = $"pairs.{file.Key}.{problem.Key}";
                problems.Add(
                    experiment.Root.At(key.Split('.')),
                    Diagnostics.UnusableFile,
                    $"'{key}' {problem.Message}"
                );
            }
        }

        problems.ThrowIfAny();
        ImportReport report = new(
            [.. sets.Select(set => set.Report)],
            [.. PromptsInCommon.Of(experiment.Spec, sets, vocabulary)]
        );
        foreach (ReadSet set in sets)
        {
            output.WriteLine(set.Summary);
        }

        foreach (string warning in (string[])[.. sets.SelectMany(set => set.Warnings), .. Warnings(report, named)])
        {
            output.WriteLine($"Warning: {warning}");
        }

        return new ImportedSets([.. sets.Select(set => set.Set)], report);
    }

    // The target's sets are of one task when all are drawn, and when all are read.
    private static IEnumerable<string> Warnings(ImportReport report, NamedPairsFile[] named)
    {
        foreach (SharedPrompts shared in report.Shared)
        {
            yield return shared.ToString();
        }

        string[] target = ["train", "validation", "circuit", "circuit_again", "test"];
        string[] read = [.. target.Where(key => named.Any(file => file.Key == key))];
        if (read.Length > 0 && read.Length < target.Length)
        {
            yield return $"'{string.Join("', '", read)}' of the target's pairs are read from files, but '{string.Join("', '", target.Except(read))}' are drawn; name files for all of them unless both are of one task.";
        }
    }
}
