using CircuitPipeline.Circuits.Config;

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

/// <summary>How the names in a checkpoint belong to a model's parameters.</summary>
internal sealed class CheckpointNames(Transformer model)
{
    private readonly ModelFamily _names = model.Config.Family;

    /// <summary>The parameter that a tied unembedding repeats.</summary>
    internal string Embedding => $"{_names.Body}.{_names.Embedding}.weight";

    /// <summary>The parameter of a stored name: checkpoints of the body alone leave out its name, or the first part of it.</summary>
    internal string ParameterOf(string stored)
    {
        if (
            stored.StartsWith($"{_names.Body}.", StringComparison.Ordinal)
            || stored.StartsWith($"{_names.Unembedding}.", StringComparison.Ordinal)
        )
        {
            return stored;
        }

        string last = _names.Body[(_names.Body.LastIndexOf('.') + 1)..];
        return stored.StartsWith($"{last}.", StringComparison.Ordinal)
            ? $"{_names.Body}{stored[last.Length..]}"
            : $"{_names.Body}.{stored}";
    }

    /// <summary>Whether this is a buffer that follows from the configuration.</summary>
    internal bool IsDerived(string stored) =>
        _names.DerivedBuffers.Any(end => ParameterOf(stored).EndsWith(end, StringComparison.Ordinal));

    /// <summary>Whether this is the unembedding of a model that has none of its own: the embedding, or a repetition of it.</summary>
    internal bool IsTied(string stored) => model.Config.TiedEmbeddings && stored == $"{_names.Unembedding}.weight";

    /// <summary>Parameters that checkpoints keep turned, as <c>[in, out]</c>.</summary>
    internal static HashSet<string> Turned(Transformer model) =>
        model.Config.Family.KeepsMapsTurned ? [.. model.LinearModules.Select(linear => $"{linear.Path}.weight")] : [];
}
