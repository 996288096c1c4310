namespace CircuitPipeline.Pipeline.Store;

/// <summary>The files that a work item left in its folder.</summary>
internal static class WorkspaceFiles
{
    private static EnumerationOptions Everything => new() { RecurseSubdirectories = true, AttributesToSkip = 0 };

    /// <summary>All files, in subfolders too, sorted by name; a link or an odd name is an error.</summary>
    public static IEnumerable<(string Name, string Path)> In(string folder)
    {
        List<(string Name, string Path)> files = new();
        foreach (FileSystemInfo entry in new DirectoryInfo(folder).EnumerateFileSystemInfos("*", Everything))
        {
            string name = Path.GetRelativePath(folder, entry.FullName).Replace(Path.DirectorySeparatorChar, '/');
            if (entry.LinkTarget is not null)
            {
                throw new InvalidDataException(
                    $"Output '{name}' is a link to '{entry.LinkTarget}', and only files are stored; write the file itself."
                );
            }

            if (!PathSegment.IsInnerPath(name))
            {
                throw new InvalidDataException(
                    $"Output '{name}' has a name that some systems cannot hold; use no colon and no backslash."
                );
            }

            if (entry is FileInfo)
            {
                files.Add((name, entry.FullName));
            }
        }
        return files.OrderBy(file => file.Name, StringComparer.Ordinal);
    }
}
