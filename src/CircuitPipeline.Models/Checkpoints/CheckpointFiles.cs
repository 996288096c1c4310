namespace CircuitPipeline.Models.Checkpoints;

/// <summary>Which files hold a folder's weights.</summary>
internal static class CheckpointFiles
{
    internal const string IndexFile = ShardIndex.FileName;

    /// <summary>The one file, or those that the index lists, in the order of their names.</summary>
    /// <exception cref="InvalidDataException">The index is damaged or names what is not in the folder.</exception>
    /// <exception cref="InvalidDataException">The folder holds an adapter, or weights of another form only.</exception>
    internal static IReadOnlyList<string> Of(string folder)
    {
        string whole = Path.Combine(folder, Checkpoint.WeightsFile);
        string index = Path.Combine(folder, IndexFile);
        CheckpointFolder.MustBeReadable(folder, hasWeights: File.Exists(whole) || File.Exists(index));
        if (File.Exists(whole) || !File.Exists(index))
        {
            return [whole];
        }

        string[] shards = ShardIndex.Read(index);
        string[] missing = [.. shards.Where(name => !File.Exists(Path.Combine(folder, name)))];
        return missing.Length == 0
            ? [.. shards.Select(name => Path.Combine(folder, name))]
            : throw new InvalidDataException(
                $"{index}: the index lists {shards.Length} files, but {missing.Length} of them {(missing.Length == 1 ? "is" : "are")} not in the folder, "
                    + $"the first is '{MessageText.OneLine(missing[0])}'; download what is missing."
            );
    }
}
