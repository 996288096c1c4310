namespace CircuitPipeline.TorchTests.Models.Families;

/// <summary>Rotary positions: the angle per position of each pair (i, i + half) of a head's first entries.</summary>
internal sealed record PlainRotary(double[] Frequencies)
{
    /// <summary>A non-empty <c>rope_scaling</c> replaces <c>rope_parameters</c>; the chosen one's theta beats the top-level one.</summary>
    internal static PlainRotary Read(ConfigKeys keys, int headDim, int maxPositions, string thetaKey, double share)
    {
        ConfigKeys? chosen = keys.Section("rope_scaling") ?? keys.Section("rope_parameters");
        double theta = keys.Number(thetaKey, 10000);
        theta = chosen?.Number("rope_theta", theta) ?? theta;
        share = chosen?.Number("partial_rotary_factor", share) ?? share;
        string type = chosen?.Text("rope_type", chosen.Text("type", "default")) ?? "default";
        double[] plain = Unscaled(theta, (int)(headDim * share));
        return type switch
        {
            "default" => new(plain),
            "linear" => new([.. plain.Select(frequency => frequency / chosen!.Number("factor", double.NaN))]),
            "llama3" => new([
                .. plain.Select(frequency =>
                    Llama3(
                        frequency,
                        chosen!.Number("factor", double.NaN),
                        chosen.Number("low_freq_factor", double.NaN),
                        chosen.Number("high_freq_factor", double.NaN),
                        chosen.Number("original_max_position_embeddings", maxPositions)
                    )
                ),
            ]),
            _ => throw new NotSupportedException($"rope_type '{type}'"),
        };
    }

    /// <summary>theta^(-2i/dim) for i = 0 … dim/2 - 1.</summary>
    internal static double[] Unscaled(double theta, int dim) =>
        [.. Enumerable.Range(0, dim / 2).Select(i => Math.Pow(theta, -2.0 * i / dim))];

    /// <summary>Long waves are slowed by the factor, short ones stay, between them it is interpolated.</summary>
    internal static double Llama3(double frequency, double factor, double low, double high, double context)
    {
        double wave = 2 * Math.PI / frequency;
        if (wave < context / high)
        {
            return frequency;
        }

        if (wave > context / low)
        {
            return frequency / factor;
        }

        double smooth = (context / wave - low) / (high - low);
        return (1 - smooth) * frequency / factor + smooth * frequency;
    }

    /// <summary>Turns one head's vector; entries beyond the turned ones stay.</summary>
    internal double[] Turn(double[] head, int position)
    {
        int half = Frequencies.Length;
        double[] turned = [.. head];
        for (int i = 0; i < half; i++)
        {
            (double sin, double cos) = Math.SinCos(position * Frequencies[i]);
            turned[i] = head[i] * cos - head[i + half] * sin;
            turned[i + half] = head[i + half] * cos + head[i] * sin;
        }

        return turned;
    }
}
