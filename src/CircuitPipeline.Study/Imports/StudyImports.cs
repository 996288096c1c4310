using CircuitPipeline.Hub.Cache;
using CircuitPipeline.Pipeline.Errors;
using CircuitPipeline.Pipeline.Store;
using CircuitPipeline.Study.Artifacts;
using CircuitPipeline.Study.Spec;

namespace CircuitPipeline.Study.Imports;

/// <summary>Reads all files of pairs that an experiment names, and looks at its checkpoint, before anything runs.</summary>
internal static class StudyImports
{
    /// <summary>Reads the files, says what was read, and warns of what a reader of the results must know.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="folder">The folder that its paths are relative to.</param>
    /// <param name="cache">The Hub's cache.</param>
    /// <param name="digests">Digests of files.</param>
    /// <param name="output">Takes a line for each file, and for each warning.</param>
    /// <exception cref="InvalidExperimentException">A file cannot be used; the message lists all problems with their places.</exception>
    internal static StudyInputs Read(
        LocatedSpec experiment,
        string folder,
        HubCache cache,
        FileDigests digests,
        TextWriter output
    )
    {
        ImportedModel? model = CheckpointImport.Of(experiment, folder, cache, digests, output);
        NamedPairsFile[] named = [.. experiment.Spec.Pairs?.Named ?? []];
        if (named.Length == 0)
        {
            return new StudyInputs(ImportedSets.None, model);
        }

        SpecProblems problems = new(experiment.ShownAs);
        SetReader reader = new(experiment.Spec, AskedModel.Of(experiment.Spec, model), folder);
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
        ImportReport report = new([.. sets.Select(set => set.Report)], [.. PromptsInCommon.Of(experiment.Spec, sets)]);
        foreach (ReadSet set in sets)
        {
            output.WriteLine(set.Summary);
        }

        foreach (
            string warning in (string[])
                [.. sets.SelectMany(set => set.Warnings), .. Warnings(experiment.Spec, report, named)]
        )
        {
            output.WriteLine($"Warning: {warning}");
        }

        return new StudyInputs(new ImportedSets([.. sets.Select(set => set.Set)], report), model);
    }

    // The target's sets are of one task when all are drawn, and when all are read.
    private static IEnumerable<string> Warnings(ExperimentSpec spec, ImportReport report, NamedPairsFile[] named)
    {
        foreach (SharedPrompts shared in report.Shared)
        {
            yield return shared.ToString();
        }

        string[] read = [.. PairsSpec.KeysOfTarget.Where(key => named.Any(file => file.Key == key))];
        if (spec.FromScratch is not null && read.Length > 0 && read.Length < PairsSpec.KeysOfTarget.Count)
        {
            yield return $"'{string.Join("', '", read)}' of the target's pairs are read from files, but '{string.Join("', '", PairsSpec.KeysOfTarget.Except(read))}' are drawn; name files for all of them unless both are of one task.";
        }
    }
}

/// <summary>What a study reads from files of people's own.</summary>
/// <param name="Sets">Sets of pairs.</param>
/// <param name="Model">The base model; null where it is trained here.</param>
internal sealed record StudyInputs(ImportedSets Sets, ImportedModel? Model)
{
    /// <summary>Of a study that makes all by itself.</summary>
    internal static StudyInputs None { get; } = new(ImportedSets.None, null);
}
