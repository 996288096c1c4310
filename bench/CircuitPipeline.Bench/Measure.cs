using System.Diagnostics;
using static TorchSharp.torch;

namespace CircuitPipeline.Bench;

/// <summary>Times work side by side with the machine's own matrix products, so that a ratio outlives a noisy machine.</summary>
internal static class Measure
{
    private const int Size = 2048;

    /// <summary>Runs both in turn; returns the work's median seconds and the products' median FLOP/s.</summary>
    internal static (double Seconds, double Rate) BesideProducts(int rounds, Action work, Action? between = null)
    {
        using Tensor left = randn(Size, Size);
        using Tensor right = randn(Size, Size);
        work();
        left.mm(right).Dispose();
        List<double> seconds = [];
        List<double> rates = [];
        for (int round = 0; round < rounds; round++)
        {
            rates.Add(2.0 * Size * Size * Size / Seconds(() => left.mm(right).Dispose()));
            seconds.Add(Seconds(work));
            between?.Invoke();
        }

        return (Median(seconds), Median(rates));
    }

    /// <summary>The same with other work in turn, whose median seconds are told.</summary>
    internal static (double Seconds, double Rate) BesideProducts(
        int rounds,
        Action work,
        Action other,
        Action<double> tell
    )
    {
        other();
        List<double> others = [];
        (double, double) result = BesideProducts(rounds, work, () => others.Add(Seconds(other)));
        tell(Median(others));
        return result;
    }

    internal static double Seconds(Action work)
    {
        long start = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    internal static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
