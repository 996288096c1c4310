namespace CircuitPipeline.Models;

/// <summary>How the names in a checkpoint belong to a model's parameters.</summary>
internal sealed class CheckpointNames(Transformer model)
{
    private readonly FamilyNames _names = FamilyNames.Of(model.Config.Architecture);

    /// <summary>The parameter of a stored name: checkpoints of the body alone leave out its name.</summary>
    internal string ParameterOf(string stored) =>
        stored.StartsWith($"{_names.Body}.", StringComparison.Ordinal)
        || stored.StartsWith($"{_names.Unembedding}.", StringComparison.Ordinal)
            ? stored
            : $"{_names.Body}.{stored}";

    /// <summary>Whether this is a buffer that follows from the configuration.</summary>
    internal bool IsDerived(string stored) =>
        Array.Exists(_names.DerivedBuffers, suffix => stored.EndsWith(suffix, StringComparison.Ordinal));

    /// <summary>Whether this is the unembedding of a model that has none of its own; it must repeat the embedding.</summary>
    internal bool IsTied(string stored) => model.Config.TiedEmbeddings && stored == $"{_names.Unembedding}.weight";

    /// <summary>The parameter that a tied unembedding repeats.</summary>
    internal string Embedding => $"{_names.Body}.{_names.Embedding}.weight";

    /// <summary>Parameters that checkpoints keep turned, as <c>[in, out]</c>.</summary>
    internal static HashSet<string> Turned(Transformer model) =>
        FamilyNames.Of(model.Config.Architecture).KeepsMapsTurned
            ? [.. model.LinearModules.Select(linear => $"{linear.Path}.weight")]
            : [];
}
