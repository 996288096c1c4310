namespace CircuitPipeline.Hub.Cache;

/// <summary>The rule for links in a snapshot: they end in the cache, as huggingface_hub makes them, and are not followed elsewhere.</summary>
internal static class SnapshotLinks
{
    private const int MostLinks = 40; // Linux follows as many
    private const int MostFiles = 100_000;

    /// <summary>Refuses a snapshot of which a file is a link that leaves the cache.</summary>
    /// <param name="snapshot">The snapshot's folder; folders in it hold nothing that a model is read from.</param>
    /// <param name="cache">The cache's folder.</param>
    /// <exception cref="InvalidDataException">One does, or links lead in a circle.</exception>
    internal static void MustStay(string snapshot, string cache)
    {
        foreach (FileSystemInfo file in new DirectoryInfo(snapshot).EnumerateFileSystemInfos().Take(MostFiles))
        {
            if (file.LinkTarget is not null && !EndsIn(cache, file.FullName))
            {
                throw new InvalidDataException(
                    $"{snapshot}: {MessageText.Quoted(file.Name)} is a link that leads out of the Hub's cache or in a circle; delete it and bring the model again."
                );
            }
        }
    }

    /// <summary>Refuses to write below a folder of a snapshot that is a link: nobody makes such ones, and they may lead anywhere.</summary>
    /// <param name="snapshot">The snapshot's folder.</param>
    /// <param name="file">The file's path in the repository.</param>
    /// <exception cref="InvalidDataException">One of the folders is a link.</exception>
    internal static void MustBeFolders(string snapshot, string file)
    {
        string folder = snapshot;
        foreach (string part in file.Split('/')[..^1])
        {
            folder = Path.Combine(folder, part);
            if (new DirectoryInfo(folder).LinkTarget is not null)
            {
                throw new InvalidDataException(
                    $"{snapshot}: {MessageText.Quoted(part)} is a link in the place of a folder, and nothing is written there; delete it and bring the model again."
                );
            }
        }
    }

    // By the links' own words: a folder above may itself be a link of the user's, to another disk.
    private static bool EndsIn(string cache, string file)
    {
        string folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(cache)) + Path.DirectorySeparatorChar;
        string place = file;
        for (int links = 0; links < MostLinks; links++)
        {
            if (new FileInfo(place).LinkTarget is not { } target)
            {
                return true;
            }

            place = Path.GetFullPath(target, Path.GetDirectoryName(place)!);
            if (!place.StartsWith(folder, StringComparison.Ordinal))
            {
                return false;
            }
        }

        return false;
    }
}
