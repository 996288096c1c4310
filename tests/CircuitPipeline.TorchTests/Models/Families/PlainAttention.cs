namespace CircuitPipeline.TorchTests.Models.Families;

/// <summary>Attention from the residual (normalized, where the family does) to what is added to it.</summary>
internal static class PlainAttention
{
    internal static double[][] Apply(PlainConfig config, PlainWeights weights, int layer, double[][] x)
    {
        string name = PlainNames.Of(config.Family).Layer(layer);
        (double[][] q, double[][] k, double[][] v) = PlainProjections.Apply(config, weights, name, x);
        double[][][] queries = Heads(q, config.HeadDim);
        double[][][] keys = Heads(k, config.HeadDim);
        double[][][] values = Heads(v, config.HeadDim);
        if (config.Family == "qwen3")
        {
            queries = [.. queries.Select(row => PlainNorms.Of(config, weights, $"{name}.self_attn.q_norm", row))];
            keys = [.. keys.Select(row => PlainNorms.Of(config, weights, $"{name}.self_attn.k_norm", row))];
        }

        if (config.Rotary is PlainRotary rotary)
        {
            queries = [.. queries.Select((row, position) => row.Select(head => rotary.Turn(head, position)).ToArray())];
            keys = [.. keys.Select((row, position) => row.Select(head => rotary.Turn(head, position)).ToArray())];
        }

        double[][] mixed = Mix(
            queries,
            keys,
            values,
            config.AttentionScales[layer],
            config.AttentionCap,
            config.Windows[layer]
        );
        return PlainProjections.Output(config, weights, name, mixed);
    }

    /// <summary>The values mixed by the softmax of the visible scores, [pos][heads · head width].</summary>
    /// <param name="queries">[pos][head][head width].</param>
    /// <param name="keys">[pos][key head][head width]; query head h reads key head ⌊h / (heads / key heads)⌋.</param>
    /// <param name="values">As the keys.</param>
    /// <param name="scale">What the scores are multiplied by.</param>
    /// <param name="cap">Scores become cap · tanh(score / cap), if given.</param>
    /// <param name="window">How many keys a query sees, itself included; all if null.</param>
    internal static double[][] Mix(
        double[][][] queries,
        double[][][] keys,
        double[][][] values,
        double scale,
        double? cap,
        int? window
    )
    {
        int heads = queries[0].Length;
        int group = heads / keys[0].Length;
        double[][] result = new double[queries.Length][];
        for (int i = 0; i < queries.Length; i++)
        {
            List<double> row = [];
            for (int head = 0; head < heads; head++)
            {
                int first = Math.Max(0, window is int width ? i - width + 1 : 0);
                double[] scores = new double[i - first + 1];
                for (int j = first; j <= i; j++)
                {
                    double score = Dot(queries[i][head], keys[j][head / group]) * scale;
                    scores[j - first] = cap is double limit ? SoftCap(score, limit) : score;
                }

                double[] pattern = Softmax(scores);
                for (int d = 0; d < values[0][0].Length; d++)
                {
                    double sum = 0;
                    for (int j = first; j <= i; j++)
                    {
                        sum += pattern[j - first] * values[j][head / group][d];
                    }

                    row.Add(sum);
                }
            }

            result[i] = [.. row];
        }

        return result;
    }

    internal static double SoftCap(double score, double cap) => cap * Math.Tanh(score / cap);

    private static double[] Softmax(double[] scores)
    {
        double largest = scores.Max();
        double sum = scores.Sum(score => Math.Exp(score - largest));
        return [.. scores.Select(score => Math.Exp(score - largest) / sum)];
    }

    private static double Dot(double[] a, double[] b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }

    // [pos][heads · head width] as [pos][head][head width].
    private static double[][][] Heads(double[][] rows, int width) =>
        [.. rows.Select(row => row.Chunk(width).ToArray())];
}
