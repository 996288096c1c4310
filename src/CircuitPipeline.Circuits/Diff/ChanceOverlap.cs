namespace CircuitPipeline.Circuits.Diff;

/// <summary>How much two sets share that were drawn from the same members without regard to each other: the hypergeometric distribution.</summary>
/// <remarks>
/// P(s) = C(n, s) C(N - n, m - s) / C(N, m) for N members, of which the sets have n and m. Its mean is n m / N and its variance
/// n m (N - n) (N - m) / (N² (N - 1)).
/// </remarks>
public sealed record ChanceOverlap
{
    /// <summary>Two sets of members that are drawn with equal chance.</summary>
    /// <param name="all">How many members there are, as the edges of a graph; at least 1.</param>
    /// <param name="first">How many are in the first set.</param>
    /// <param name="second">How many are in the second.</param>
    /// <exception cref="ArgumentOutOfRangeException">A set is larger than all members, or has fewer than none.</exception>
    public ChanceOverlap(int all, int first, int second)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(all, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfNegative(second);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first, all);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(second, all);
        (All, First, Second) = (all, first, second);
    }

    /// <summary>How many members there are.</summary>
    public int All { get; }

    /// <summary>How many are in the first set.</summary>
    public int First { get; }

    /// <summary>How many are in the second.</summary>
    public int Second { get; }

    /// <summary>The number of shared members that chance alone gives on average.</summary>
    public double Shared => (double)First * Second / All;

    /// <summary>The standard deviation of that number.</summary>
    public double Deviation =>
        All == 1 ? 0 : Math.Sqrt(Shared * ((double)(All - First) / All) * ((double)(All - Second) / (All - 1)));

    /// <summary>The Jaccard similarity that chance alone gives on average; null for two empty sets.</summary>
    public double? Jaccard =>
        First + Second == 0
            ? null
            : Numbers().Sum(shared => Probability(shared) * shared / (First + Second - (double)shared));

    /// <summary>How probable it is that chance alone shares so many.</summary>
    /// <param name="shared">The number.</param>
    /// <returns>0 to 1.</returns>
    public double Probability(int shared) =>
        shared < Math.Max(0, First + Second - All) || shared > Math.Min(First, Second)
            ? 0
            : Math.Exp(LogChoices(First, shared) + LogChoices(All - First, Second - shared) - LogChoices(All, Second));

    /// <summary>How probable it is that chance alone shares as many or more.</summary>
    /// <param name="shared">The number.</param>
    /// <returns>0 to 1.</returns>
    public double ProbabilityFrom(int shared) =>
        Math.Min(1, Numbers().Where(number => number >= shared).Sum(Probability));

    private IEnumerable<int> Numbers()
    {
        int least = Math.Max(0, First + Second - All);
        return Enumerable.Range(least, Math.Min(First, Second) - least + 1);
    }

    private static double LogChoices(int all, int chosen) =>
        LogFactorial(all) - LogFactorial(chosen) - LogFactorial(all - chosen);

    // Exact below 20; above by Stirling's series, whose first left-out term is below 1e-13 there.
    private static double LogFactorial(int number)
    {
        if (number < 20)
        {
            double product = 1;
            for (int factor = 2; factor <= number; factor++)
            {
                product *= factor;
            }

            return Math.Log(product);
        }

        double x = number + 1.0;
        double inverse = 1 / x;
        double square = inverse * inverse;
        double series =
            inverse * (1 / 12.0 - square * (1 / 360.0 - square * (1 / 1260.0 - square * (1 / 1680.0 - square / 1188))));
        return (x - 0.5) * Math.Log(x) - x + 0.5 * Math.Log(2 * Math.PI) + series;
    }
}
