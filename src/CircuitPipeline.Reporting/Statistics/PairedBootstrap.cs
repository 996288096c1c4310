using System.Collections.Immutable;

namespace CircuitPipeline.Reporting.Statistics;

/// <summary>The interval of a paired difference in accuracy, by resampling bases, seeds and items.</summary>
/// <remarks>
/// 1. Draw as many bases as there are, with replacement; within each drawn base draw its seeds likewise.
/// 2. Draw the items once, the same for all seeds, because all were tested on the same items.
/// 3. The mean difference over seeds of a base, then over bases, is one resample; the interval lies between the quantiles
///    .025 and .975 of many (percentile bootstrap, Efron 1979).
/// With one base and one seed only the items vary, and the interval says nothing about other bases or seeds.
/// </remarks>
/// <param name="random">Where the draws come from.</param>
/// <param name="resamples">How many resamples to draw.</param>
public sealed class PairedBootstrap(Random random, int resamples = 2_000)
{
    /// <summary>The mean difference between two methods and its 95 % interval.</summary>
    /// <param name="outcomes">One entry per base and seed, at least one, all on the same items.</param>
    /// <returns>The mean over bases of the mean over seeds and items, and its interval.</returns>
    public (double Mean, Interval Interval) Of(IReadOnlyList<PairedOutcomes> outcomes)
    {
        int[][][] bases = Differences(outcomes); // [base][seed][item]
        int items = bases[0][0].Length;
        int[] once = [.. Enumerable.Repeat(1, items)];
        double mean = bases.Average(seeds => seeds.Average(differences => Mean(differences, once)));

        double[] means = new double[resamples];
        int[] weights = new int[items];
        for (int resample = 0; resample < resamples; resample++)
        {
            Draw(weights);
            means[resample] = Drawn(bases).Average(seeds => Drawn(seeds).Average(one => Mean(one, weights)));
        }
        Array.Sort(means);
        return (mean, new(Quantile(means, 0.025), Quantile(means, 0.975)));
    }

    /// <summary>A quantile of sorted values, linear between neighbours.</summary>
    internal static double Quantile(double[] sorted, double share)
    {
        double place = share * (sorted.Length - 1);
        int below = (int)place;
        int above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }

    private static int[][][] Differences(IReadOnlyList<PairedOutcomes> outcomes)
    {
        int[][][] bases =
        [
            .. outcomes.GroupBy(outcome => outcome.Base).Select(one => one.Select(o => o.Differences()).ToArray()),
        ];
        int[] lengths = [.. bases.SelectMany(seeds => seeds).Select(differences => differences.Length).Distinct()];
        return lengths is [> 0]
            ? bases
            : throw new ArgumentException(
                $"The outcomes hold '{string.Join(", ", lengths)}' items, but all bases and seeds need the same items, at least one; evaluate all on one test split."
            );
    }

    private IEnumerable<T> Drawn<T>(T[] from) => from.Select(_ => from[random.Next(from.Length)]);

    private void Draw(int[] weights)
    {
        Array.Clear(weights);
        for (int draw = 0; draw < weights.Length; draw++)
        {
            weights[random.Next(weights.Length)]++;
        }
    }

    private static double Mean(int[] differences, int[] weights)
    {
        long sum = 0;
        for (int item = 0; item < differences.Length; item++)
        {
            sum += differences[item] * weights[item];
        }

        return (double)sum / differences.Length;
    }
}

/// <summary>What two methods answered on the same items, from the same base and with the same adapter seed.</summary>
/// <param name="Base">The pre-trained base model, the unit of sampling.</param>
/// <param name="Seed">The adapter's seed.</param>
/// <param name="Method">Per item: whether the method was right.</param>
/// <param name="Reference">Per item, in the same order: whether the reference method was right.</param>
public sealed record PairedOutcomes(string Base, int Seed, ImmutableArray<bool> Method, ImmutableArray<bool> Reference)
{
    /// <summary>The difference per item: 1 where only the method was right, -1 where only the reference was, else 0.</summary>
    /// <returns>One number per item.</returns>
    /// <exception cref="ArgumentException">The two methods answered different numbers of items.</exception>
    public int[] Differences() =>
        Method.Length == Reference.Length
            ? [.. Method.Zip(Reference, (method, reference) => (method ? 1 : 0) - (reference ? 1 : 0))]
            : throw new ArgumentException(
                $"The outcomes of base '{Base}' and seed '{Seed}' are {Method.Length} items for the method and {Reference.Length} for the reference, but pairs need the same items; evaluate both on one test split."
            );
}

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
