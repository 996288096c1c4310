using CircuitPipeline.Circuits.Config;

namespace CircuitPipeline.Attribution.Running;

/// <summary>In which models every edge of the computation graph means something.</summary>
public static class GraphRules
{
    /// <summary>Why the edges of a model that runs are not defined; null where they are.</summary>
    /// <param name="config">The model's shape.</param>
    /// <returns>A sentence.</returns>
    public static string? WithoutEdges(TransformerConfig config)
    {
        ModelFamily family = config.Family;
        return family.QueryKeyNorm == QueryKeyNorm.Whole && config.KeyValueHeads != config.NHeads
                ? $"The model has '{config.NHeads}' heads that share '{config.KeyValueHeads}' keys, and the family '{family.ModelType}' norms all keys together, "
                    + "so an edge into one head's key is not defined; choose a model with one key for each head."
            : family.NormsWhatIsWritten && config.AttentionOutputBias
                ? $"The heads' map to the residual stream has a bias, and the family '{family.ModelType}' norms what the heads write together, "
                    + "so what one head writes is not defined; choose a model without 'attention_bias'."
            : null;
    }

    /// <summary>Refuses a model whose heads have no inputs or outputs of their own.</summary>
    /// <exception cref="InvalidDataException">It is one of those.</exception>
    internal static void MustHaveEdges(TransformerConfig config)
    {
        if (WithoutEdges(config) is { } problem)
        {
            throw new InvalidDataException(problem);
        }
    }
}
