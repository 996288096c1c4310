namespace CircuitPipeline.TorchTests.Models.Families;

/// <summary>The two normalizations, of one vector.</summary>
internal static class PlainNorms
{
    /// <summary>The family's norm of that name, of every row.</summary>
    internal static double[][] Of(PlainConfig config, PlainWeights weights, string name, double[][] rows)
    {
        double[] weight = weights[$"{name}.weight"].Values;
        return config.Family switch
        {
            "gpt_neox" or "gpt2" or "gpt_neo" or "opt" =>
            [
                .. rows.Select(x => LayerNorm(x, weight, weights[$"{name}.bias"].Values, config.Epsilon)),
            ],
            "gemma2" => [.. rows.Select(x => RmsNorm(x, [.. weight.Select(w => 1 + w)], config.Epsilon))],
            _ => [.. rows.Select(x => RmsNorm(x, weight, config.Epsilon))],
        };
    }

    /// <summary>w (x - mean) / √(variance + ε) + b, the variance divided by the width.</summary>
    internal static double[] LayerNorm(double[] x, double[] weight, double[] bias, double epsilon)
    {
        double mean = x.Sum() / x.Length;
        double variance = x.Sum(value => (value - mean) * (value - mean)) / x.Length;
        double[] result = new double[x.Length];
        for (int i = 0; i < x.Length; i++)
        {
            result[i] = weight[i] * (x[i] - mean) / Math.Sqrt(variance + epsilon) + bias[i];
        }

        return result;
    }

    /// <summary>w x / √(mean of x² + ε).</summary>
    internal static double[] RmsNorm(double[] x, double[] weight, double epsilon)
    {
        double meanSquare = x.Sum(value => value * value) / x.Length;
        double[] result = new double[x.Length];
        for (int i = 0; i < x.Length; i++)
        {
            result[i] = weight[i] * x[i] / Math.Sqrt(meanSquare + epsilon);
        }

        return result;
    }
}
