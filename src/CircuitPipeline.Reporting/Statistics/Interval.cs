namespace CircuitPipeline.Reporting;

/// <summary>An interval that holds the true value with the stated confidence.</summary>
/// <param name="Low">Its lower end.</param>
/// <param name="High">Its upper end.</param>
/// <param name="Level">The confidence, such as .95.</param>
public readonly record struct Interval(double Low, double High, double Level = 0.95)
{
    /// <summary>Whether a value lies in the interval, ends included.</summary>
    /// <param name="value">A value.</param>
    /// <returns>Whether it lies in the interval.</returns>
    public bool Contains(double value) => Low <= value && value <= High;
}
