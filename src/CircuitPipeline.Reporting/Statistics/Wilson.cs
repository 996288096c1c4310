namespace CircuitPipeline.Reporting.Statistics;

/// <summary>The interval of a proportion from one sample of independent items.</summary>
/// <remarks>
/// Wilson 1927: (p + z²/2n ± z √(p(1-p)/n + z²/4n²)) / (1 + z²/n). Unlike p ± z·s it stays within 0 and 1 and has a width
/// at p = 0 and p = 1.
/// </remarks>
public static class Wilson
{
    private const double Z = 1.959963984540054; // the normal's .975 quantile: 95 % between both ends

    /// <summary>The 95 % interval of a proportion.</summary>
    /// <param name="correct">How many items were right.</param>
    /// <param name="total">How many items there were, at least 1.</param>
    /// <returns>The interval.</returns>
    public static Interval Of(long correct, long total)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(total, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(correct);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(correct, total);
        double n = total;
        double p = correct / n;
        double centre = p + Z * Z / (2 * n);
        double half = Z * Math.Sqrt(p * (1 - p) / n + Z * Z / (4 * n * n));
        double scale = 1 + Z * Z / n;
        return new(Math.Max(0, (centre - half) / scale), Math.Min(1, (centre + half) / scale));
    }
}
