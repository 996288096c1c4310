using Cake.Core;

namespace CircuitPipeline.BuildHost;

/// <summary>Packs compiled projects into one folder.</summary>
public sealed class PackRun(IMachine machine, string folder, Action<string> say)
{
    public void Run(PackPlan plan)
    {
        DeleteEarlierPackages();
        foreach (string project in plan.Projects)
        {
            Pack(project);
        }

        say($"Packed into '{folder}': {string.Join(", ", plan.Projects.Select(Paths.NameOf))}.");
        if (plan.LeftOut is { } sentence)
        {
            say(sentence);
        }
    }

    // One of another version would be taken by whoever restores from the folder.
    private void DeleteEarlierPackages()
    {
        if (!Directory.Exists(folder))
        {
            return;
        }

        foreach (string package in Directory.EnumerateFiles(folder, "*nupkg"))
        {
            File.Delete(package);
        }
    }

    private void Pack(string project)
    {
        string[] arguments =
        [
            "pack",
            project,
            "--no-build",
            "--configuration",
            "Release",
            "--output",
            folder,
            "--verbosity",
            "quiet",
            "--nologo",
        ];
        if (machine.Run("dotnet", arguments) != 0)
        {
            throw new CakeException($"'{Paths.NameOf(project)}' cannot be packed; the messages are above.");
        }
    }
}
