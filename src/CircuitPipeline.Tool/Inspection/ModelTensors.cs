using System.Collections.Immutable;
using CircuitPipeline.Circuits.Config;
using CircuitPipeline.Models.Checkpoints;

namespace CircuitPipeline.Tool.Inspection;

/// <summary>Whether the tensors of a folder are those of its configuration, by their names; no weight is read.</summary>
internal static class ModelTensors
{
    /// <summary>What would be refused of them, in sentences.</summary>
    /// <param name="config">The configuration.</param>
    /// <param name="folder">The model's folder.</param>
    /// <param name="files">Its files of weights.</param>
    /// <param name="ignored">Names of tensors that are passed over.</param>
    internal static IEnumerable<string> Problems(
        TransformerConfig config,
        string folder,
        ImmutableArray<string> files,
        ImmutableArray<string> ignored
    )
    {
        ModelFamily family = config.Family;
        string unembedding = $"{family.Unembedding}.weight";
        string embedding = $"{family.Body}.{family.Embedding}.weight";
        HashSet<string> expected = [.. Names(config)];
        string[] stored =
        [
            .. files
                .SelectMany(file => Safetensors.Entries(Path.Combine(folder, file)))
                .Select(entry => entry.Name)
                .Except(ignored),
        ];
        HashSet<string> found = [.. stored.Select(name => ParameterOf(family, name))];
        if (config.TiedEmbeddings && found.Remove(unembedding))
        {
            found.Add(embedding);
        }

        string[] extra =
        [
            .. stored.Where(name =>
                !expected.Contains(ParameterOf(family, name))
                && !(config.TiedEmbeddings && name == unembedding)
                && !family.DerivedBuffers.Any(end => ParameterOf(family, name).EndsWith(end, StringComparison.Ordinal))
            ),
        ];
        if (extra.Length > 0)
        {
            yield return $"the tensor '{MessageText.OneLine(extra[0])}'{(extra.Length == 1 ? " has" : $" and {extra.Length - 1} more have")} no place in the model; if it computes the same without, name {(extra.Length == 1 ? "it" : "them")} in '--ignore-tensors'.";
        }

        string[] missing = [.. expected.Except(found).Order(StringComparer.Ordinal)];
        if (missing.Length > 0)
        {
            yield return $"of the configuration's {expected.Count} tensors {missing.Length} {(missing.Length == 1 ? "is" : "are")} missing, the first is '{missing[0]}'.";
        }
    }

    private static IEnumerable<string> Names(TransformerConfig config)
    {
        ModelFamily family = config.Family;
        string[] ends = family.Normalization == Normalization.LayerNorm ? ["weight", "bias"] : ["weight"];
        string[] norms =
        [
            .. new[]
            {
                family.AttentionNorm,
                family.AttentionPostNorm,
                family.MlpNorm,
                family.MlpPostNorm,
            }.OfType<string>(),
        ];
        string[] ofBlock =
        [
            .. norms.SelectMany(norm => ends.Select(end => $"{norm}.{end}")),
            .. config.LinearMaps.Select(map => $"{map.Path}.weight"),
            .. config.LinearMaps.Where(map => map.HasBias).Select(map => $"{map.Path}.bias"),
            .. family.QueryKeyNorm == QueryKeyNorm.None
                ? (string[])[]
                : [$"{family.Attention}.q_norm.weight", $"{family.Attention}.k_norm.weight"],
        ];
        return
        [
            $"{family.Body}.{family.Embedding}.weight",
            .. family.Positions is { } positions ? [$"{family.Body}.{positions}.weight"] : (string[])[],
            .. Enumerable
                .Range(0, config.NLayers)
                .SelectMany(layer => ofBlock.Select(part => $"{family.BlocksPath}.{layer}.{part}")),
            .. ends.Select(end => $"{family.Body}.{family.FinalNorm}.{end}"),
            .. config.TiedEmbeddings ? (string[])[] : [$"{family.Unembedding}.weight"],
        ];
    }

    // Files of the body alone leave out its name, or the first part of it.
    private static string ParameterOf(ModelFamily family, string stored)
    {
        string last = family.Body[(family.Body.LastIndexOf('.') + 1)..];
        return stored.StartsWith($"{family.Body}.", StringComparison.Ordinal)
            || stored.StartsWith($"{family.Unembedding}.", StringComparison.Ordinal)
                ? stored
            : stored.StartsWith($"{last}.", StringComparison.Ordinal) ? $"{family.Body}{stored[last.Length..]}"
            : $"{family.Body}.{stored}";
    }
}
