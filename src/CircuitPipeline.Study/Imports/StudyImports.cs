using System.Collections.Immutable;
using CircuitPipeline.Circuits.Config;
using CircuitPipeline.Hub.Cache;
using CircuitPipeline.Pipeline.Errors;
using CircuitPipeline.Pipeline.Store;
using CircuitPipeline.Study.Artifacts;
using CircuitPipeline.Study.Runs;
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
    /// <param name="estimate">Says what the study takes, for a checkpoint whose weights are not there yet; null where that is not known.</param>
    /// <exception cref="InvalidExperimentException">A file cannot be used; the message lists all problems with their places.</exception>
    internal static StudyInputs Read(
        LocatedSpec experiment,
        string folder,
        HubCache cache,
        FileDigests digests,
        TextWriter output,
        Func<TransformerConfig, string?> estimate
    )
    {
        ImportedModel? model = CheckpointImport.Of(experiment, folder, cache, digests, output, estimate);
        SpecProblems problems = new(experiment.ShownAs);
        Lazy<AskedModel> asked = new(() => AskedModel.Of(experiment.Spec, model));
        Dictionary<StudyTask, ReadSet[]> sets = [];
        foreach (TaskFiles task in experiment.Spec.Files)
        {
            SetReader reader = new(experiment.Spec, asked.Value, folder);
            sets[new StudyTask(task.Task)] = [.. Read(experiment, task, reader, problems)];
        }

        problems.ThrowIfAny();
        Dictionary<StudyTask, ImportedSets> all = sets.ToDictionary(
            read => read.Key,
            read => Said(experiment.Spec, read.Key, read.Value, output)
        );
        Lazy<TaskDraws> draws = new(() => new TaskDraws(experiment.Spec, asked.Value));
        foreach ((int place, TaskSpec task) in TaskDraws.Of(experiment.Spec))
        {
            try
            {
                all[new StudyTask(task.NameInStudy)] = draws.Value.Draw(task, output);
            }
            catch (UnusableSetException problem)
            {
                Add(problems, experiment, $"tasks[{place}]", problem);
            }
        }

        problems.ThrowIfAny();
        return new StudyInputs(new TaskSets(all.ToImmutableDictionary()), model);
    }

    private static IEnumerable<ReadSet> Read(
        LocatedSpec experiment,
        TaskFiles task,
        SetReader reader,
        SpecProblems problems
    )
    {
        List<ReadSet> sets = [];
        foreach (NamedPairsFile file in task.Pairs.Named)
        {
            try
            {
                sets.Add(reader.Read(file));
            }
            catch (UnusableSetException problem)
            {
                Add(problems, experiment, $"{task.Path}.{file.Key}", problem);
            }
        }

        return sets;
    }

    private static void Add(SpecProblems problems, LocatedSpec experiment, string path, UnusableSetException problem)
    {
        string key = $"{path}.{problem.Key}";
        problems.Add(experiment.Root.At(key), Diagnostics.UnusableFile, $"'{key}' {problem.Message}");
    }

    private static ImportedSets Said(ExperimentSpec spec, StudyTask task, ReadSet[] sets, TextWriter output)
    {
        ImportReport report = new([.. sets.Select(set => set.Report)], [.. PromptsInCommon.Of(spec, task, sets)]);
        foreach (ReadSet set in sets)
        {
            output.WriteLine(set.Summary);
        }

        foreach (string warning in (string[])[.. sets.SelectMany(set => set.Warnings), .. Warnings(spec, report, sets)])
        {
            output.WriteLine($"Warning: {warning}");
        }

        return new ImportedSets([.. sets.Select(set => set.Set)], report);
    }

    // The target's sets are of one task when all are drawn, and when all are read.
    private static IEnumerable<string> Warnings(ExperimentSpec spec, ImportReport report, ReadSet[] sets)
    {
        foreach (SharedPrompts shared in report.Shared)
        {
            yield return shared.ToString();
        }

        string[] read = [.. PairsSpec.KeysOfTarget.Where(key => sets.Any(set => set.Key == key))];
        if (spec.FromScratch is not null && read.Length > 0 && read.Length < PairsSpec.KeysOfTarget.Count)
        {
            yield return $"'{string.Join("', '", read)}' of the target's pairs are read from files, but '{string.Join("', '", PairsSpec.KeysOfTarget.Except(read))}' are drawn; name files for all of them unless both are of one task.";
        }
    }
}

/// <summary>What a study reads from files of people's own.</summary>
/// <param name="Sets">Sets of pairs, task by task.</param>
/// <param name="Model">The base model; null where it is trained here.</param>
internal sealed record StudyInputs(TaskSets Sets, ImportedModel? Model)
{
    /// <summary>Of a study that makes all by itself.</summary>
    internal static StudyInputs None { get; } = new(TaskSets.None, null);
}
