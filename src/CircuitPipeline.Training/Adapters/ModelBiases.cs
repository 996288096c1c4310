using CircuitPipeline.Circuits.Config;

namespace CircuitPipeline.Training.Adapters;

/// <summary>The biases of a whole model.</summary>
internal static class ModelBiases
{
    /// <summary>Names of the parameters and their widths.</summary>
    internal static IEnumerable<(string Name, long Width)> Of(TransformerConfig shape)
    {
        ModelFamily family = shape.Family;
        bool hasNormBias = family.Normalization == Normalization.LayerNorm;
        LinearShape[] maps = [.. shape.LinearMaps.Where(map => map.HasBias)];
        for (int layer = 0; layer < shape.NLayers; layer++)
        {
            string block = $"{family.BlocksPath}.{layer}";
            foreach (LinearShape map in maps)
            {
                yield return ($"{block}.{map.Path}.bias", map.Outputs);
            }

            string?[] norms = [family.AttentionNorm, family.AttentionPostNorm, family.MlpNorm, family.MlpPostNorm];
            foreach (string? norm in norms.Where(norm => hasNormBias && norm is not null))
            {
                yield return ($"{block}.{norm}.bias", shape.DModel);
            }
        }

        if (hasNormBias)
        {
            yield return ($"{family.Body}.{family.FinalNorm}.bias", shape.DModel);
        }
    }
}
