namespace CircuitPipeline.TorchTests.Models.Families;

/// <summary>The linear maps of attention, as each family stores them.</summary>
internal static class PlainProjections
{
    /// <summary>Queries [pos][heads · head width], keys and values [pos][key heads · head width].</summary>
    internal static (double[][] Queries, double[][] Keys, double[][] Values) Apply(
        PlainConfig config,
        PlainWeights weights,
        string layer,
        double[][] x
    )
    {
        switch (config.Family)
        {
            case "gpt_neox":
            {
                double[][] all = weights.Linear($"{layer}.attention.query_key_value", config.QueryKeyValueBias, x);
                return (NeoXPart(all, 0, config), NeoXPart(all, 1, config), NeoXPart(all, 2, config));
            }

            case "gpt2":
            {
                double[][] all = weights.TransposedLinear($"{layer}.attn.c_attn", x);
                return (Gpt2Part(all, 0, config), Gpt2Part(all, 1, config), Gpt2Part(all, 2, config));
            }

            case "gpt_neo":
                return Separate(config, weights, $"{layer}.attn.attention", x);
            case "olmo2":
            {
                (double[][] q, double[][] k, double[][] v) = Separate(config, weights, $"{layer}.self_attn", x);
                return (
                    PlainNorms.Of(config, weights, $"{layer}.self_attn.q_norm", q),
                    PlainNorms.Of(config, weights, $"{layer}.self_attn.k_norm", k),
                    v
                );
            }

            default:
                return Separate(config, weights, $"{layer}.self_attn", x);
        }
    }

    internal static double[][] Output(PlainConfig config, PlainWeights weights, string layer, double[][] mixed) =>
        config.Family switch
        {
            "gpt_neox" => weights.Linear($"{layer}.attention.dense", config.AttentionOutputBias, mixed),
            "gpt2" => weights.TransposedLinear($"{layer}.attn.c_proj", mixed),
            "gpt_neo" => weights.Linear($"{layer}.attn.attention.out_proj", config.AttentionOutputBias, mixed),
            "opt" => weights.Linear($"{layer}.self_attn.out_proj", config.AttentionOutputBias, mixed),
            _ => weights.Linear($"{layer}.self_attn.o_proj", config.AttentionOutputBias, mixed),
        };

    private static (double[][], double[][], double[][]) Separate(
        PlainConfig config,
        PlainWeights weights,
        string attention,
        double[][] x
    ) =>
        (
            weights.Linear($"{attention}.q_proj", config.QueryKeyValueBias, x),
            weights.Linear($"{attention}.k_proj", config.QueryKeyValueBias, x),
            weights.Linear($"{attention}.v_proj", config.QueryKeyValueBias, x)
        );

    // Each head's q, k and v stand together: [head][q, k, v][head width].
    private static double[][] NeoXPart(double[][] all, int part, PlainConfig config)
    {
        double[][] result = new double[all.Length][];
        for (int row = 0; row < all.Length; row++)
        {
            result[row] = new double[config.Hidden];
            for (int head = 0; head < config.Heads; head++)
            {
                for (int d = 0; d < config.HeadDim; d++)
                {
                    result[row][head * config.HeadDim + d] = all[row][(3 * head + part) * config.HeadDim + d];
                }
            }
        }

        return result;
    }

    // All of q, all of k, all of v.
    private static double[][] Gpt2Part(double[][] all, int part, PlainConfig config) =>
        [.. all.Select(row => row[(part * config.Hidden)..((part + 1) * config.Hidden)])];
}
