namespace CircuitPipeline.Tests.Packages;

/// <summary>The packages that this build was restored from, as a feed: the files that NuGet keeps beside what it unpacked.</summary>
internal static class RestoredPackages
{
    /// <summary>Fills a folder with links to them.</summary>
    internal static void LinkInto(string feed)
    {
        Directory.CreateDirectory(feed);
        string[] folders = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "package-folders.txt"));
        foreach (string package in folders.Where(Directory.Exists).SelectMany(Files))
        {
            File.CreateSymbolicLink(Path.Combine(feed, Path.GetFileName(package)), package);
        }
    }

    private static IEnumerable<string> Files(string folder) =>
        Directory
            .EnumerateDirectories(folder)
            .SelectMany(Directory.EnumerateDirectories)
            .SelectMany(version => Directory.EnumerateFiles(version, "*.nupkg"));
}
