namespace CircuitPipeline.TorchTests.Models.Families;

/// <summary>The MLP of each family.</summary>
internal static class PlainMlp
{
    internal static double[][] Apply(PlainConfig config, PlainWeights weights, int layer, double[][] x)
    {
        string name = PlainNames.Of(config.Family).Layer(layer);
        bool bias = config.MlpBias;
        return config.Family switch
        {
            "gpt_neox" => weights.Linear(
                $"{name}.mlp.dense_4h_to_h",
                bias,
                Activated(config, weights.Linear($"{name}.mlp.dense_h_to_4h", bias, x))
            ),
            "gpt2" => weights.TransposedLinear(
                $"{name}.mlp.c_proj",
                Activated(config, weights.TransposedLinear($"{name}.mlp.c_fc", x))
            ),
            "gpt_neo" => weights.Linear(
                $"{name}.mlp.c_proj",
                bias,
                Activated(config, weights.Linear($"{name}.mlp.c_fc", bias, x))
            ),
            "opt" => weights.Linear($"{name}.fc2", bias, Activated(config, weights.Linear($"{name}.fc1", bias, x))),
            _ => Gated(config, weights, $"{name}.mlp", x),
        };
    }

    // down(act(gate x) · up x).
    private static double[][] Gated(PlainConfig config, PlainWeights weights, string mlp, double[][] x)
    {
        double[][] gate = Activated(config, weights.Linear($"{mlp}.gate_proj", config.MlpBias, x));
        double[][] up = weights.Linear($"{mlp}.up_proj", config.MlpBias, x);
        double[][] inner = [.. gate.Zip(up, (g, u) => g.Zip(u, (a, b) => a * b).ToArray())];
        return weights.Linear($"{mlp}.down_proj", config.MlpBias, inner);
    }

    private static double[][] Activated(PlainConfig config, double[][] rows) =>
        [.. rows.Select(row => row.Select(value => PlainActivations.Apply(config.Activation, value)).ToArray())];
}
