using CircuitPipeline.Circuits.Config;

namespace CircuitPipeline.Models.Checkpoints;

/// <summary>How the names in a checkpoint belong to a model's parameters.</summary>
internal sealed class CheckpointNames(TransformerConfig config)
{
    private readonly ModelFamily _names = config.Family;

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
    internal bool IsTied(string stored) => config.TiedEmbeddings && stored == $"{_names.Unembedding}.weight";

    /// <summary>Parameters that checkpoints keep turned, as <c>[in, out]</c>.</summary>
    internal static HashSet<string> Turned(Transformer model) =>
        model.Config.Family.KeepsMapsTurned ? [.. model.LinearModules.Select(linear => $"{linear.Path}.weight")] : [];
}
