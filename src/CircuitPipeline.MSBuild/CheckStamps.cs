using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using Task = Microsoft.Build.Utilities.Task;

namespace CircuitPipeline.MSBuild;

/// <summary>Gives every experiment its folder of stamps, and deletes those stamps that no longer say the truth.</summary>
public sealed class CheckStamps : Task
{
    /// <summary>The project's items <c>Experiment</c>.</summary>
    public ITaskItem[] Experiments { get; set; } = [];

    /// <summary>The tool's assembly.</summary>
    [Required]
    public string Tool { get; set; } = "";

    /// <summary>The folder that holds all stamps of the project.</summary>
    [Required]
    public string Folder { get; set; } = "";

    /// <summary>Whether the locks are to be rewritten, which needs a run of its own.</summary>
    public bool UpdateLock { get; set; }

    /// <summary>The same items with the metadata <c>StampFolder</c>.</summary>
    [Output]
    public ITaskItem[] Checked { get; set; } = [];

    /// <inheritdoc/>
    public override bool Execute()
    {
        if (Experiments.Length == 0)
        {
            Log.LogError(
                "The project names no experiment; add an item, as in <Experiment Include=\"experiments/tiny.yaml\" />."
            );
        }

        foreach (
            IGrouping<string, ITaskItem>? twice in Experiments
                .GroupBy(item => item.GetMetadata("FullPath"))
                .Where(group => group.Count() > 1)
        )
        {
            Log.LogError(
                $"The experiment '{twice.Key}' is named {twice.Count()} times; its results would replace each other."
            );
        }

        if (Log.HasLoggedErrors)
        {
            return false;
        }

        Checked = [.. Experiments.Select(Check)];
        return true;
    }

    private ITaskItem Check(ITaskItem experiment)
    {
        StageRequest request = StageRequest.Of(experiment, Tool);
        string folder = Path.Combine(Folder, NameOf(request.File));
        if (Directory.Exists(folder))
        {
            ImmutableArray<string> settings = request.Settings;
            foreach (string path in Directory.GetFiles(folder, "*" + Stamp.Ending))
            {
                if (UpdateLock || !new Stamp(path).Holds(settings))
                {
                    Log.LogMessage(
                        MessageImportance.Low,
                        $"'{path}' is void: a result is gone or another, it came from another experiment or other settings, or the lock is to be rewritten."
                    );
                    File.Delete(path);
                }
            }
        }

        TaskItem checkedItem = new(experiment);
        checkedItem.SetMetadata("StampFolder", folder + Path.DirectorySeparatorChar);
        return checkedItem;
    }

    // Two files of one name in two folders are two experiments.
    private static string NameOf(string file) =>
        $"{Path.GetFileNameWithoutExtension(file)}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(file)))[..8]}";
}
