using System.Collections.Immutable;
using CircuitPipeline.Circuits.Config;
using CircuitPipeline.Models.Checkpoints;
using CircuitPipeline.Pipeline.Errors;
using CircuitPipeline.Study.Spec;

namespace CircuitPipeline.Study.Imports;

/// <summary>Whether what an experiment passes over in its checkpoint is there: a name that leaves out nothing is misspelt, or of another model.</summary>
internal static class CheckpointOmissions
{
    /// <summary>Refuses keys and patterns that change nothing.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="spec">Its checkpoint.</param>
    /// <param name="folder">Where the checkpoint lies.</param>
    /// <exception cref="InvalidExperimentException">A key or a pattern leaves out nothing; the message lists all of them with their places.</exception>
    internal static void MustLeaveOut(LocatedSpec experiment, ModelCheckpointSpec spec, string folder)
    {
        SpecProblems problems = new(experiment.ShownAs);
        foreach (string key in UselessKeys(Path.Combine(folder, Checkpoint.ConfigFile), [.. spec.IgnoreKeys ?? []]))
        {
            Add(
                "ignore_keys",
                $"has {MessageText.Quoted(key)}, but the checkpoint's '{Checkpoint.ConfigFile}' has no such key, or the key is known and read as it stands; leave it out."
            );
        }

        ImmutableArray<string> patterns = [.. spec.IgnoreTensors ?? []];
        foreach (string pattern in patterns.IsEmpty ? [] : UselessPatterns(NamesOf(folder), patterns))
        {
            Add(
                "ignore_tensors",
                $"has {MessageText.Quoted(pattern)}, but no tensor of the checkpoint has such a name; leave it out."
            );
        }

        problems.ThrowIfAny();

        void Add(string key, string problem) =>
            problems.Add(experiment.Root.At($"model.{key}"), Diagnostics.UnusableFile, $"'model.{key}' {problem}");
    }

    /// <summary>The keys that need not be passed over: without one of them the configuration is read all the same.</summary>
    /// <param name="config">The configuration, or the model's folder.</param>
    /// <param name="keys">The keys.</param>
    internal static IEnumerable<string> UselessKeys(string config, ImmutableArray<string> keys) =>
        keys.Where(key => CanRead(config, keys.RemoveAll(other => other == key)));

    /// <summary>The patterns that no tensor's name is of.</summary>
    /// <param name="names">The names.</param>
    /// <param name="patterns">The patterns.</param>
    internal static IEnumerable<string> UselessPatterns(string[] names, ImmutableArray<string> patterns) =>
        patterns.Where(pattern => !names.Any(new CheckpointOptions { IgnoredTensors = [pattern] }.LeavesOut));

    /// <summary>The names of a checkpoint's tensors, from the headers of its files.</summary>
    /// <param name="folder">The checkpoint.</param>
    internal static string[] NamesOf(string folder) =>
        [
            .. CheckpointContents
                .Of(folder)
                .Files.SelectMany(file => Safetensors.Entries(Path.Combine(folder, file)))
                .Select(entry => entry.Name),
        ];

    private static bool CanRead(string config, ImmutableArray<string> keys)
    {
        try
        {
            HuggingFaceConfig.Read(config, keys);
            return true;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }
}
