using Cake.Frosting;

namespace CircuitPipeline.BuildHost;

[TaskName("Clean")]
[TaskDescription("Removes what compiling and runs made, but not the store; --store removes that too.")]
public sealed class Clean : FrostingTask<BuildContext>
{
    public override void Run(BuildContext context)
    {
        Paths paths = context.Paths;
        IEnumerable<string> views = Directory
            .EnumerateDirectories(paths.Artifacts)
            .Where(folder => folder != paths.Store || context.Options.Store);
        string[] folders = [.. paths.BuildOutputs.Concat(views)];
        foreach (string folder in folders)
        {
            Console.WriteLine($"Removing '{Path.GetRelativePath(paths.Root, folder)}'.");
            Directory.Delete(folder, recursive: true);
        }

        string store = context.Options.Store ? "the store with them" : "the store stays ('--store' removes it too)";
        Console.WriteLine($"Removed {folders.Length} folders; {store}.");
    }
}
