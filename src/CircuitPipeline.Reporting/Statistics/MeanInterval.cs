namespace CircuitPipeline.Reporting.Statistics;

/// <summary>The interval of a mean over few independent values, such as one of each base model.</summary>
/// <remarks>Student 1908: mean ± t · s / √n, t being the .975 quantile with n - 1 degrees of freedom.</remarks>
public static class MeanInterval
{
    // By degrees of freedom, from 1 on; beyond the last the normal's quantile is within 2 %.
    private static readonly double[] T =
    [
        12.706,
        4.303,
        3.182,
        2.776,
        2.571,
        2.447,
        2.365,
        2.306,
        2.262,
        2.228,
        2.201,
        2.179,
        2.160,
        2.145,
        2.131,
        2.120,
        2.110,
        2.101,
        2.093,
        2.086,
        2.080,
        2.074,
        2.069,
        2.064,
        2.060,
        2.056,
        2.052,
        2.048,
        2.045,
        2.042,
        2.040,
        2.037,
        2.035,
        2.032,
        2.030,
        2.028,
        2.026,
        2.024,
        2.023,
        2.021,
    ];

    /// <summary>The 95 % interval of the mean.</summary>
    /// <param name="values">The values, at least one.</param>
    /// <returns>The mean, and its interval; null for a single value, which has none.</returns>
    public static (double Mean, Interval? Interval) Of(IReadOnlyCollection<double> values)
    {
        ArgumentOutOfRangeException.ThrowIfZero(values.Count);
        double mean = values.Average();
        if (values.Count == 1)
        {
            return (mean, null);
        }

        double variance = values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1);
        double t = values.Count - 1 <= T.Length ? T[values.Count - 2] : 1.96;
        double half = t * Math.Sqrt(variance / values.Count);
        return (mean, new Interval(mean - half, mean + half));
    }
}
