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
        string[] keys = spec.IgnoreKeys ?? [];
        foreach (string key in keys.Where(key => CanRead(folder, keys.Where(other => other != key))))
        {
            Add(
                "ignore_keys",
                $"has {MessageText.Quoted(key)}, but the checkpoint's '{Checkpoint.ConfigFile}' has no such key, or the key is known and read as it stands; leave it out."
            );
        }

        string[] patterns = spec.IgnoreTensors ?? [];
        string[] names = patterns.Length == 0 ? [] : NamesOf(folder);
        foreach (string pattern in patterns.Where(pattern => !names.Any(Only(pattern).LeavesOut)))
        {
            Add(
                "ignore_tensors",
                $"has {MessageText.Quoted(pattern)}, but no tensor of the checkpoint has such a name; leave it out."
            );
        }

        problems.ThrowIfAny();

        void Add(string key, string problem) =>
            problems.Add(experiment.Root.At(["model", key]), Diagnostics.UnusableFile, $"'model.{key}' {problem}");
    }

    private static CheckpointOptions Only(string pattern) => new() { IgnoredTensors = [pattern] };

    private static string[] NamesOf(string folder) =>
        [
            .. CheckpointContents
                .Of(folder)
                .Files.SelectMany(file => Safetensors.Entries(Path.Combine(folder, file)))
                .Select(entry => entry.Name),
        ];

    private static bool CanRead(string folder, IEnumerable<string> keys)
    {
        try
        {
            HuggingFaceConfig.Read(Path.Combine(folder, Checkpoint.ConfigFile), [.. keys]);
            return true;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }
}
