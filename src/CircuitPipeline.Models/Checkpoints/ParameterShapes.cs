using CircuitPipeline.Circuits.Config;

namespace CircuitPipeline.Models.Checkpoints;

/// <summary>The tensors of a configuration as its family's checkpoints keep them, without a model being made.</summary>
internal static class ParameterShapes
{
    /// <summary>Shape by the parameter's name; that of a map which the family keeps turned is <c>[in, out]</c>.</summary>
    internal static IReadOnlyDictionary<string, long[]> Of(TransformerConfig config)
    {
        ModelFamily family = config.Family;
        Dictionary<string, long[]> shapes = new(StringComparer.Ordinal)
        {
            [$"{family.Body}.{family.Embedding}.weight"] = [config.DVocab, config.DModel],
        };
        if (family.Positions is { } positions)
        {
            shapes.Add($"{family.Body}.{positions}.weight", [config.NCtx + family.FirstPosition, config.DModel]);
        }

        (string Name, long[] Shape)[] ofBlock = [.. OfBlock(config)];
        for (int layer = 0; layer < config.NLayers; layer++)
        {
            foreach ((string name, long[] shape) in ofBlock)
            {
                shapes.Add($"{family.BlocksPath}.{layer}.{name}", shape);
            }
        }

        foreach ((string name, long[] shape) in Norm($"{family.Body}.{family.FinalNorm}", config))
        {
            shapes.Add(name, shape);
        }

        if (!config.TiedEmbeddings)
        {
            shapes.Add($"{family.Unembedding}.weight", [config.DVocab, config.DModel]);
        }

        return shapes;
    }

    private static IEnumerable<(string Name, long[] Shape)> OfBlock(TransformerConfig config)
    {
        ModelFamily family = config.Family;
        string?[] norms = [family.AttentionNorm, family.AttentionPostNorm, family.MlpNorm, family.MlpPostNorm];
        foreach ((string Name, long[] Shape) part in norms.OfType<string>().SelectMany(norm => Norm(norm, config)))
        {
            yield return part;
        }

        foreach (LinearShape map in config.LinearMaps)
        {
            yield return (
                $"{map.Path}.weight",
                family.KeepsMapsTurned ? [map.Inputs, map.Outputs] : [map.Outputs, map.Inputs]
            );
            if (map.HasBias)
            {
                yield return ($"{map.Path}.bias", [map.Outputs]);
            }
        }

        if (family.QueryKeyNorm != QueryKeyNorm.None)
        {
            bool isWhole = family.QueryKeyNorm == QueryKeyNorm.Whole;
            yield return ($"{family.Attention}.q_norm.weight", [isWhole ? config.DHeads : config.DHead]);
            yield return (
                $"{family.Attention}.k_norm.weight",
                [isWhole ? config.KeyValueHeads * config.DHead : config.DHead]
            );
        }
    }

    private static IEnumerable<(string Name, long[] Shape)> Norm(string name, TransformerConfig config)
    {
        yield return ($"{name}.weight", [config.DModel]);
        if (config.Family.Normalization == Normalization.LayerNorm)
        {
            yield return ($"{name}.bias", [config.DModel]);
        }
    }
}
