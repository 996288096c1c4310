using System.Text.Json;

namespace CircuitPipeline.Circuits.Config.Families;

/// <summary>
/// The rotary settings in both dialects: <c>rope_theta</c> and <c>rope_scaling</c> up to transformers 4, <c>rope_parameters</c> since 5.
/// </summary>
/// <remarks>A <c>rope_scaling</c> that is not empty replaces <c>rope_parameters</c>, and inside the chosen one a <c>rope_theta</c> beats that beside it.</remarks>
/// <param name="Base">Base of the frequencies.</param>
/// <param name="Percent">Share of a head's dimensions that is rotated.</param>
/// <param name="Scaling">The change of the frequencies, if any.</param>
internal sealed record RotaryKeys(double Base, double Percent, RotaryScaling? Scaling)
{
    public static RotaryKeys Read(ConfigFields fields, int context, double missingBase = 10_000)
    {
        ConfigFields? inner = Inner(fields, out _);
        double? theta = fields.RealOrNull("rope_theta");
        double? share = fields.RealOrNull("partial_rotary_factor");
        return new RotaryKeys(
            inner?.RealOrNull("rope_theta") ?? theta ?? missingBase,
            inner?.RealOrNull("partial_rotary_factor") ?? share ?? 1,
            ScalingOf(fields, context)
        );
    }

    /// <summary>How the frequencies are changed; refuses what depends on the length of the prompt.</summary>
    public static RotaryScaling? ScalingOf(ConfigFields fields, int context)
    {
        ConfigFields? inner = Inner(fields, out string key);
        // Both are asked for, since both are written and one of them counts.
        string? kind = inner?.Text("rope_type");
        string? older = inner?.Text("type");
        return (kind ?? older) switch
        {
            null or "default" => null,
            "linear" => new LinearRotaryScaling(Factor(inner!)),
            "llama3" => new Llama3RotaryScaling(
                Factor(inner!),
                inner!.RealOrNull("low_freq_factor") ?? 1,
                inner.RealOrNull("high_freq_factor") ?? 4,
                inner.Whole(context, "original_max_position_embeddings")
            ),
            { } other => throw fields.Error(
                $"'{key}' asks for the rotary scaling '{MessageText.OneLine(other)}', but only 'default', 'linear' and 'llama3' can be computed."
            ),
        };
    }

    public static void Write(Utf8JsonWriter json, TransformerConfig config)
    {
        json.WriteNumber("rope_theta", config.RotaryBase);
        if (config.RotaryPercent != 1)
        {
            json.WriteNumber("partial_rotary_factor", config.RotaryPercent);
        }

        WriteScaling(json, config);
    }

    public static void WriteScaling(Utf8JsonWriter json, TransformerConfig config)
    {
        if (config.RotaryScaling is null)
        {
            return;
        }

        json.WriteStartObject("rope_scaling");
        switch (config.RotaryScaling)
        {
            case LinearRotaryScaling linear:
                json.WriteString("rope_type", "linear");
                json.WriteNumber("factor", linear.Factor);
                break;
            case Llama3RotaryScaling llama:
                json.WriteString("rope_type", "llama3");
                json.WriteNumber("factor", llama.Factor);
                json.WriteNumber("low_freq_factor", llama.LowFrequencyFactor);
                json.WriteNumber("high_freq_factor", llama.HighFrequencyFactor);
                json.WriteNumber("original_max_position_embeddings", llama.OriginalContext);
                break;
        }

        json.WriteEndObject();
    }

    /// <summary>The object that holds the settings, and its key.</summary>
    public static ConfigFields? Inner(ConfigFields fields, out string key)
    {
        key = "rope_scaling";
        if (fields.Inner(key) is { IsEmpty: false } scaling)
        {
            fields.Value("rope_parameters"); // replaced, so what it says has no effect
            return scaling;
        }

        key = "rope_parameters";
        return fields.Inner(key);
    }

    private static double Factor(ConfigFields inner) =>
        inner.RealOrNull("factor") ?? throw inner.Error("the rotary scaling has no 'factor'.");
}
