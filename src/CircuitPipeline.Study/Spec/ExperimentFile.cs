using CircuitPipeline.Pipeline.Errors;
using CircuitPipeline.Pipeline.Locks;

namespace CircuitPipeline.Study.Spec;

/// <summary>Finds an experiment's file from what the user wrote.</summary>
/// <param name="Path">The file.</param>
/// <param name="ShownAs">The file as messages name it.</param>
internal sealed record ExperimentFile(string Path, string ShownAs)
{
    /// <summary>A name stands for <c>experiments/NAME.yaml</c>; whatever has a slash or ends in .yaml or .yml is a path.</summary>
    public static ExperimentFile Find(string rootFolder, string experiment)
    {
        bool isPath =
            experiment.Contains('/')
            || experiment.EndsWith(".yaml", StringComparison.Ordinal)
            || experiment.EndsWith(".yml", StringComparison.Ordinal);
        string root = System.IO.Path.GetFullPath(rootFolder);
        string folder = System.IO.Path.Combine(root, "experiments");
        string path = isPath
            ? System.IO.Path.GetFullPath(experiment, root)
            : System.IO.Path.Combine(folder, experiment + ".yaml");
        string relative = System.IO.Path.GetRelativePath(root, path).Replace('\\', '/');
        if (File.Exists(path))
        {
            return new ExperimentFile(path, relative.StartsWith("..", StringComparison.Ordinal) ? path : relative);
        }

        if (Directory.Exists(path))
        {
            throw new InvalidExperimentException(
                $"The experiment {MessageText.Quoted(experiment)} is a folder; name the YAML file in it."
            );
        }

        string[] names = NamesIn(folder);
        if (!isPath && names.Length == 0)
        {
            throw new InvalidExperimentException(
                $"There is no experiment {MessageText.Quoted(experiment)}, because '{root}' has no 'experiments/*.yaml'; name its folder or the file's path."
            );
        }

        throw new InvalidExperimentException(
            isPath
                ? $"The experiment file {MessageText.Quoted(experiment)} does not exist.{(names.Length == 0 ? "" : $" Experiments by name: {string.Join(", ", names)}.")}"
                : $"There is no experiment {MessageText.Quoted(experiment)} in 'experiments/'. {Spelling.Advice(experiment, names)}"
        );
    }

    /// <summary>The lock lies beside the experiment's file and is named for the study.</summary>
    public LockFile LockOf(string study)
    {
        string name = $"{study}.lock.json";
        return new LockFile(
            System.IO.Path.Combine(System.IO.Path.GetDirectoryName(Path)!, name),
            System.IO.Path.Combine(System.IO.Path.GetDirectoryName(ShownAs)!, name).Replace('\\', '/')
        );
    }

    private static string[] NamesIn(string folder) =>
        Directory.Exists(folder)
            ?
            [
                .. Directory
                    .GetFiles(folder, "*.yaml")
                    .Select(file => System.IO.Path.GetFileNameWithoutExtension(file))
                    .Order(StringComparer.Ordinal),
            ]
            : [];
}
