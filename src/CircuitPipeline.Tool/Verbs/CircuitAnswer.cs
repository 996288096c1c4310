using System.Collections.Immutable;
using System.Globalization;
using CircuitPipeline.Attribution;
using CircuitPipeline.Study.Verbs;

namespace CircuitPipeline.Tool;

/// <summary>What the evaluation of one circuit found.</summary>
internal static class CircuitAnswer
{
    internal static Answer Of(ComputedWith computed, MeasuredCircuit measured) =>
        new(Document(computed, measured), [.. Lines(measured)]);

    private static object Document(ComputedWith computed, MeasuredCircuit measured)
    {
        CircuitEvaluation values = measured.Evaluation;
        return new
        {
            measured.Metric,
            measured.Intervention,
            Examples = values.Total,
            Clean = Run(values.Clean),
            Corrupted = Run(values.Corrupted),
            Circuit = Run(values.Circuit),
            Complement = measured.Complement is { } rest ? Run(rest.Circuit) : null,
            Faithfulness = values.Faithfulness.Value,
            FaithfulnessPaperPercent = values.Faithfulness.PaperPercent,
            ComplementFaithfulness = measured.Complement?.Faithfulness.Value,
            KlToClean = values.MeanDivergence,
            Accuracy = new { Clean = values.CleanAccuracy, Circuit = values.CircuitAccuracy },
            Edges = EdgeCounts.Of(measured.Circuit),
            Computed = computed,
        };
    }

    private static IEnumerable<string> Lines(MeasuredCircuit measured)
    {
        CircuitEvaluation values = measured.Evaluation;
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"{measured.Metric}: clean {values.Faithfulness.Clean:0.####}, corrupted {values.Faithfulness.Corrupted:0.####}, circuit {values.Faithfulness.Circuit:0.####}"
        );
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"faithfulness {values.Faithfulness.Value:0.####} with {measured.Circuit.EdgeCount:N0} edges; accuracy {values.CircuitAccuracy:0.####}, whole model {values.CleanAccuracy:0.####}, {values.Total:N0} pairs"
        );
        if (measured.Complement is { } rest)
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"the edges outside it: {rest.Faithfulness.Circuit:0.####}, faithfulness {rest.Faithfulness.Value:0.####}"
            );
    }

    private static object Run(ImmutableArray<double> values) => new { Mean = values.Average(), PerExample = values };
}
