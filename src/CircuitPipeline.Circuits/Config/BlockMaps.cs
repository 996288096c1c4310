namespace CircuitPipeline.Circuits.Config;

/// <summary>A linear map of a block, as every block of a model has it.</summary>
/// <param name="Part">Where it is within the block, such as <c>self_attn</c>; empty for the block itself.</param>
/// <param name="Name">Its name there, such as <c>q_proj</c>.</param>
/// <param name="Inputs">Numbers that it reads.</param>
/// <param name="Outputs">Numbers that it writes.</param>
/// <param name="HasBias">Whether it has a bias.</param>
public sealed record LinearShape(string Part, string Name, int Inputs, int Outputs, bool HasBias)
{
    /// <summary>Its path within the block, such as <c>self_attn.q_proj</c>.</summary>
    public string Path => Part.Length == 0 ? Name : $"{Part}.{Name}";

    internal long Parameters => (long)Inputs * Outputs + (HasBias ? Outputs : 0);
}

/// <summary>The linear maps of a block, and what a model has beside them.</summary>
internal static class BlockMaps
{
    public static IReadOnlyList<LinearShape> Of(TransformerConfig config)
    {
        ModelFamily family = config.Family;
        int keys = config.KeyValueHeads * config.DHead;
        int[] outputs =
            family.Layout == QueryKeyValueLayout.Separate ? [config.DHeads, keys, keys] : [config.DHeads + 2 * keys];
        return
        [
            .. family.QueryKeyValue.Zip(
                outputs,
                (name, wide) => new LinearShape(family.Attention, name, config.DModel, wide, config.QueryKeyValueBias)
            ),
            new(family.Attention, family.AttentionOutput, config.DHeads, config.DModel, config.AttentionOutputBias),
            .. family.MlpGate is { } gate ? [Mlp(gate, config.DModel, config.DMlp)] : (LinearShape[])[],
            Mlp(family.MlpIn, config.DModel, config.DMlp),
            Mlp(family.MlpOut, config.DMlp, config.DModel),
        ];

        LinearShape Mlp(string name, int inputs, int wide) => new(family.Mlp, name, inputs, wide, config.MlpBias);
    }

    public static long Parameters(TransformerConfig config)
    {
        ModelFamily family = config.Family;
        long norm = family.Normalization == Normalization.LayerNorm ? 2L * config.DModel : config.DModel;
        int norms = new[] { family.AttentionNorm, family.AttentionPostNorm, family.MlpNorm, family.MlpPostNorm }.Count(
            name => name is not null
        );
        long ofHeads = family.QueryKeyNorm switch
        {
            QueryKeyNorm.PerHead => 2L * config.DHead,
            QueryKeyNorm.Whole => (long)config.DHead * (config.NHeads + config.KeyValueHeads),
            _ => 0,
        };
        long block = Of(config).Sum(map => map.Parameters) + norms * norm + ofHeads;
        long positions = config.HasLearnedPositions ? config.NCtx + family.FirstPosition : 0;
        long tokens = (config.TiedEmbeddings ? 1L : 2L) * config.DVocab;
        return config.NLayers * block + (tokens + positions) * config.DModel + norm;
    }
}
