using CircuitPipeline.Reporting.Statistics;

namespace CircuitPipeline.Reporting.Results;

/// <summary>The difference in accuracy between two methods on the same items.</summary>
/// <param name="Method">The method.</param>
/// <param name="Reference">The method that it is compared with.</param>
/// <param name="Difference">Accuracy of the method minus accuracy of the reference.</param>
/// <param name="Interval">Its 95 % bootstrap interval.</param>
/// <param name="Bases">How many base models it was measured on.</param>
/// <param name="Pairs">How many pairs of trained models, over all bases.</param>
/// <param name="Items">How many test items.</param>
public sealed record PairedDifference(
    string Method,
    string Reference,
    double Difference,
    Interval Interval,
    int Bases,
    int Pairs,
    int Items
)
{
    /// <summary>The difference between two methods, with its bootstrap interval.</summary>
    /// <param name="method">The method's name.</param>
    /// <param name="reference">The name of the method that it is compared with.</param>
    /// <param name="outcomes">One entry per base and seed.</param>
    /// <param name="bootstrap">What draws the resamples.</param>
    /// <returns>The difference.</returns>
    public static PairedDifference Of(
        string method,
        string reference,
        IReadOnlyList<PairedOutcomes> outcomes,
        PairedBootstrap bootstrap
    )
    {
        (double mean, Interval interval) = bootstrap.Of(outcomes);
        int bases = outcomes.DistinctBy(outcome => outcome.Base).Count();
        return new(method, reference, mean, interval, bases, outcomes.Count, outcomes[0].Method.Length);
    }
}
