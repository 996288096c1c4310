namespace CircuitPipeline.Tool.Commands;

/// <summary>The path behind the links of a path, of its folders as well, whether or not something is there.</summary>
internal static class FinalPath
{
    private const int MostLinks = 40; // Linux follows as many

    /// <exception cref="IOException">Links lead in a circle.</exception>
    internal static string Of(string path)
    {
        int links = 0;
        return Path.TrimEndingDirectorySeparator(Follow(Path.GetFullPath(path), ref links));
    }

    private static string Follow(string full, ref int links)
    {
        if (Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(full)) is not { } above)
        {
            return full;
        }

        string folder = Follow(above, ref links);
        string here = Path.Combine(folder, Path.GetFileName(Path.TrimEndingDirectorySeparator(full)));
        if (new FileInfo(here).LinkTarget is not { } target)
        {
            return here;
        }

        return ++links <= MostLinks
            ? Follow(Path.GetFullPath(target, folder), ref links)
            : throw new IOException("too many links lead from one to another");
    }
}
