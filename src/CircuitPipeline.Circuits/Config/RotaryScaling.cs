namespace CircuitPipeline.Circuits.Config;

/// <summary>A change of the rotary frequencies, by which a model reads longer prompts than it was first trained on.</summary>
public abstract record RotaryScaling
{
    private protected RotaryScaling() { }

    /// <summary>The frequency that is used.</summary>
    /// <param name="frequency">The frequency by the base alone, in radians per position.</param>
    /// <returns>The changed one.</returns>
    public abstract double Of(double frequency);
}

/// <summary>All frequencies divided by one factor (Chen et al. 2023, arXiv:2306.15595).</summary>
/// <param name="Factor">At least 1.</param>
public sealed record LinearRotaryScaling(double Factor) : RotaryScaling
{
    /// <inheritdoc/>
    public override double Of(double frequency) => frequency / Factor;
}

/// <summary>Low frequencies divided by a factor, high ones kept, those between mixed (Llama 3.1).</summary>
/// <param name="Factor">What low frequencies are divided by, at least 1.</param>
/// <param name="LowFrequencyFactor">Waves longer than the original context by this are low.</param>
/// <param name="HighFrequencyFactor">Waves shorter than the original context by this are high; above the other.</param>
/// <param name="OriginalContext">Tokens of the longest prompt before the change.</param>
public sealed record Llama3RotaryScaling(
    double Factor,
    double LowFrequencyFactor,
    double HighFrequencyFactor,
    int OriginalContext
) : RotaryScaling
{
    /// <inheritdoc/>
    public override double Of(double frequency)
    {
        double waves = OriginalContext / (2 * Math.PI / frequency); // in the original context
        double kept = Math.Clamp((waves - LowFrequencyFactor) / (HighFrequencyFactor - LowFrequencyFactor), 0, 1);
        return kept == 1 ? frequency : (1 - kept) * frequency / Factor + kept * frequency;
    }
}
