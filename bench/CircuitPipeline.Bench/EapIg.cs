using System.Globalization;
using CircuitPipeline.Attribution;
using CircuitPipeline.Models;
using CircuitPipeline.Prompts;

namespace CircuitPipeline.Bench;

/// <summary>EAP-IG on Pythia-160m's shape where prompts share nothing, against the floor of its matrix products.</summary>
internal static class EapIg
{
    internal const int Steps = 5;
    private const int Batch = 8;
    private const int Length = 12;

    // The floor of the naive order of work at this shape: six forward and five backward passes and the products.
    private const double FloorFlops = 27e9;

    internal static void Run(TextWriter output)
    {
        using Transformer model = PythiaShapes.Create("160m");
        EncodedPairs pairs = Unrelated(model.Config.DVocab);
        EapIgInputs method = new(Steps, Quadrature.Left, Batch, TimeProvider.System);

        (double seconds, double rate) = Measure.BesideProducts(
            7,
            () => method.Attribute(model, pairs, Metrics.LogitDifference)
        );

        double each = seconds / Batch;
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"eap-ig: {each:F3} s per example (length {Length}, {Steps} steps, batch {Batch}); products run at {rate / 1e9:F0} GFLOP/s; "
                    + $"27 GFLOP / (time x rate) = {FloorFlops / (each * rate):F2}"
            )
        );
    }

    // Clean and corrupted differ from the first token on.
    private static EncodedPairs Unrelated(int vocabulary)
    {
        SeededRandom random = new(1);
        return EncodedPairs.Of(
            Enumerable
                .Range(0, Batch)
                .Select(_ => new EncodedPair(Ids(), Ids(), random.Between(0, 999), random.Between(1000, 1999)))
        );

        System.Collections.Immutable.ImmutableArray<int> Ids() =>
            [.. Enumerable.Range(0, Length).Select(_ => random.Between(0, vocabulary - 1))];
    }
}
