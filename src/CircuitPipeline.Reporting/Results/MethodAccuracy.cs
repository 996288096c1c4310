using System.Collections.Immutable;
using System.Text.Json.Serialization;
using CircuitPipeline.Reporting.Statistics;

namespace CircuitPipeline.Reporting.Results;

/// <summary>The accuracy of a method on the test split.</summary>
/// <param name="Method">The method's name.</param>
/// <param name="Role">What it is in the comparison.</param>
/// <param name="TrainableParameters">How many parameters it trains.</param>
/// <param name="Correct">Right answers, over all its seeds.</param>
/// <param name="Total">Answers, over all its seeds.</param>
/// <param name="Interval">The 95 % interval of the accuracy.</param>
/// <param name="IntervalFrom">What the interval was made from.</param>
/// <param name="Seeds">The trained models, one by one.</param>
public sealed record MethodAccuracy(
    string Method,
    MethodRole Role,
    long TrainableParameters,
    long Correct,
    long Total,
    Interval Interval,
    string IntervalFrom,
    ImmutableArray<SeedAccuracy> Seeds
)
{
    /// <summary>How many of the trained parameters are kept; null where all are.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? KeptParameters { get; init; }

    /// <summary>Tokens that one run trains on, without padding; null where nothing is trained.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Tokens { get; init; }

    /// <summary>Seconds that a run took, training and measuring, on average; null where that is not known.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Seconds { get; init; }

    /// <summary>What became of other tasks, over all runs.</summary>
    public ImmutableArray<Forgetting> Others { get; init; } = [];

    /// <summary>The share of right answers.</summary>
    public double Accuracy => (double)Correct / Total;

    /// <summary>The accuracy of a method from its trained models.</summary>
    /// <param name="method">The method's name.</param>
    /// <param name="role">What it is in the comparison.</param>
    /// <param name="trainableParameters">How many parameters it trains.</param>
    /// <param name="seeds">Its trained models, at least one.</param>
    /// <returns>The accuracy over all, with Wilson's interval: it counts items, not the spread of bases and seeds.</returns>
    public static MethodAccuracy Of(
        string method,
        MethodRole role,
        long trainableParameters,
        ImmutableArray<SeedAccuracy> seeds
    )
    {
        long correct = seeds.Sum(seed => (long)seed.Correct);
        long total = seeds.Sum(seed => (long)seed.Total);
        Interval interval = Wilson.Of(correct, total);
        return new(method, role, trainableParameters, correct, total, interval, "Wilson over test items", seeds);
    }
}

/// <summary>How another task is answered before and after fine-tuning.</summary>
/// <param name="Task">The task.</param>
/// <param name="Before">Right answers of the base models, over all runs.</param>
/// <param name="After">Right answers of the fine-tuned models.</param>
/// <param name="Total">Answers of each.</param>
public sealed record Forgetting(string Task, long Before, long After, long Total);

/// <summary>What a method is in the comparison.</summary>
public enum MethodRole
{
    /// <summary>The base model without fine-tuning: the lower reference.</summary>
    Base,

    /// <summary>An adapter, one of the methods compared.</summary>
    Adapter,

    /// <summary>Full fine-tuning: the upper reference.</summary>
    Full,
}

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
