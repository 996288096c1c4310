using System.Globalization;
using static TorchSharp.torch;

namespace CircuitPipeline.Bench;

/// <summary>What one call of an operator costs when there is nothing to compute: the way through the binding.</summary>
internal static class OperatorCall
{
    private const int Calls = 100_000;

    internal static void Run(TextWriter output)
    {
        using Tensor few = ones(4);
        double recorded = PerCall(few);
        using IDisposable frozen = no_grad();
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"operator call: {recorded:F2} us with gradients on, {PerCall(few):F2} us with gradients off (add of 4 numbers)"
            )
        );
    }

    private static double PerCall(Tensor few)
    {
        void Add()
        {
            for (int i = 0; i < Calls; i++)
            {
                few.add(few).Dispose();
            }
        }

        Add();
        return Measure.Median([.. Enumerable.Range(0, 5).Select(_ => Measure.Seconds(Add))]) / Calls * 1e6;
    }
}
