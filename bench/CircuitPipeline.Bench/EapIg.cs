using System.Globalization;
using CircuitPipeline.Attribution;
using CircuitPipeline.Attribution.Methods;
using CircuitPipeline.Models;
using CircuitPipeline.Prompts.PromptPairs;
using CircuitPipeline.References;

namespace CircuitPipeline.Bench;

/// <summary>EAP-IG on Pythia-160m's shape where prompts share nothing, against the floor of its matrix products.</summary>
internal static class EapIg
{
    internal const int Steps = 5;
    internal const int Batch = 8;
    internal const int Length = 12;

    // Six forward and five backward passes, the gradients per head and the products with the differences, none of them saved.
    private const double FloorFlops = 27e9;

    internal static EapIgInputs Method(int batch) => new(Steps, Quadrature.Left, batch, TimeProvider.System);

    internal static double Run(TextWriter output)
    {
        using Transformer model = PythiaShapes.Create("160m");
        EncodedPairs pairs = RandomPairs.Unrelated(Batch, Length);
        EapIgInputs method = Method(Batch);

        (double seconds, double rate) = Measure.BesideProducts(
            9,
            () => method.Attribute(model, pairs, Metrics.LogitDifference)
        );
        double naive = Measure.Seconds(() => EapIgReference.Scores(model, pairs, Metrics.LogitDifference, Points()));

        double each = seconds / Batch;
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"eap-ig: {each:F3} s per example (length {Length}, {Steps} steps, batch {Batch}); products run at {rate / 1e9:F0} GFLOP/s; "
                    + $"27 GFLOP / (time x rate) = {FloorFlops / (each * rate):F2}; split copies take {naive / seconds:F1} times as long"
            )
        );
        return each;
    }

    internal static double[] Points() => Quadrature.Left.Points(Steps);
}
