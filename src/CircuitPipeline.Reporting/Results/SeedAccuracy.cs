namespace CircuitPipeline.Reporting;

/// <summary>The accuracy of one trained model.</summary>
/// <param name="Base">The pre-trained base model it started from.</param>
/// <param name="Seed">The adapter's seed.</param>
/// <param name="Correct">How many test items it got right.</param>
/// <param name="Total">How many test items there were.</param>
public sealed record SeedAccuracy(string Base, int Seed, int Correct, int Total)
{
    /// <summary>The share that it got right.</summary>
    public double Accuracy => (double)Correct / Total;
}
