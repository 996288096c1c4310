using System.Text.Json;

namespace CircuitPipeline.TorchTests.Models.Families;

/// <summary>
/// The forward pass of every family in loops over arrays of doubles, written from the definitions of the architectures: slow,
/// plain, and without any code of the product, so that it can judge it.
/// </summary>
internal static class PlainDecoder
{
    /// <summary>The logits, [pos][vocab].</summary>
    /// <param name="json">The parsed config.json, with the keys of either dialect.</param>
    /// <param name="tensors">The stored tensors by their names.</param>
    /// <param name="tokens">The prompt.</param>
    internal static double[][] Logits(
        JsonElement json,
        IReadOnlyDictionary<string, PlainTensor> tensors,
        params long[] tokens
    )
    {
        PlainConfig config = PlainConfig.Read(json);
        PlainNames names = PlainNames.Of(config.Family);
        PlainWeights weights = new(names, tensors);

        double[][] x = Embed(config, weights, names, tokens);
        for (int layer = 0; layer < config.Layers; layer++)
        {
            x = Block(config, weights, names, layer, x);
        }

        if (config.HasFinalNorm)
        {
            x = PlainNorms.Of(config, weights, names.FinalNorm, x);
        }

        return Unembed(config, weights, names, x);
    }

    private static double[][] Block(PlainConfig config, PlainWeights weights, PlainNames names, int layer, double[][] x)
    {
        double[][] Norm(string name, double[][] rows) =>
            PlainNorms.Of(config, weights, $"{names.Layer(layer)}.{name}", rows);
        double[][] Attention(double[][] rows) => PlainAttention.Apply(config, weights, layer, rows);
        double[][] Mlp(double[][] rows) => PlainMlp.Apply(config, weights, layer, rows);

        if (config.IsParallel)
        {
            return Plus(Plus(x, Attention(Norm(names.FirstNorm, x))), Mlp(Norm(names.SecondNorm, x)));
        }

        switch (config.Family)
        {
            case "gemma2":
                x = Plus(x, Norm("post_attention_layernorm", Attention(Norm("input_layernorm", x))));
                return Plus(x, Norm("post_feedforward_layernorm", Mlp(Norm("pre_feedforward_layernorm", x))));
            case "olmo2":
                x = Plus(x, Norm("post_attention_layernorm", Attention(x)));
                return Plus(x, Norm("post_feedforward_layernorm", Mlp(x)));
            default:
                x = Plus(x, Attention(Norm(names.FirstNorm, x)));
                return Plus(x, Mlp(Norm(names.SecondNorm, x)));
        }
    }

    private static double[][] Embed(PlainConfig config, PlainWeights weights, PlainNames names, long[] tokens)
    {
        PlainTensor table = Table(config, weights, names.Embedding, names.Unembedding);
        double[][] x =
        [
            .. tokens.Select(token => table.Row((int)token).Select(value => value * config.EmbeddingScale).ToArray()),
        ];
        if (names.Positions is null)
        {
            return x;
        }

        PlainTensor positions = weights[$"{names.Positions}.weight"];
        int offset = config.Family == "opt" ? 2 : 0;
        return Plus(x, [.. Enumerable.Range(0, tokens.Length).Select(position => positions.Row(position + offset))]);
    }

    private static double[][] Unembed(PlainConfig config, PlainWeights weights, PlainNames names, double[][] x)
    {
        PlainTensor table = Table(config, weights, names.Unembedding, names.Embedding);
        double[][] logits = new double[x.Length][];
        for (int row = 0; row < x.Length; row++)
        {
            logits[row] = new double[config.Vocab];
            for (int token = 0; token < config.Vocab; token++)
            {
                double logit = x[row].Zip(table.Row(token), (a, b) => a * b).Sum();
                logits[row][token] = config.LogitCap is double cap ? PlainAttention.SoftCap(logit, cap) : logit;
            }
        }

        return logits;
    }

    // A tied model stores one matrix under either name.
    private static PlainTensor Table(PlainConfig config, PlainWeights weights, string name, string other) =>
        weights.Find($"{name}.weight") is PlainTensor table ? table
        : config.Tied ? weights[$"{other}.weight"]
        : throw new KeyNotFoundException($"no tensor '{name}.weight', and the model is not tied");

    private static double[][] Plus(double[][] a, double[][] b) =>
        [.. a.Zip(b, (x, y) => x.Zip(y, (first, second) => first + second).ToArray())];
}
