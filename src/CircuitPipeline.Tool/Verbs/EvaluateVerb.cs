using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using CircuitPipeline.Attribution;
using CircuitPipeline.Experiments;

namespace CircuitPipeline.Tool;

/// <summary><c>evaluate</c>: runs a circuit and compares it with the whole model.</summary>
internal sealed class EvaluateVerb : Verb
{
    private readonly MeasureOptions _measure;

    private static readonly Option<string> Circuit = Choice.Required("--circuit", "CIRCUIT.json", "The circuit.");

    internal EvaluateVerb()
        : this(new MeasureOptions()) { }

    private EvaluateVerb(MeasureOptions measure)
        : base("evaluate", "Runs a circuit alone and compares it with its whole model.", [Circuit, .. measure.All]) =>
        _measure = measure;

    internal override Answer Run(Given given, Work work)
    {
        MeasuredCircuit measured = CircuitMeasurement.Run(
            _measure.Read(given, work),
            given.Text(Circuit),
            work.Surroundings.Time,
            work.Progress("evaluate"),
            work.Cancellation
        );
        CircuitEvaluation values = measured.Evaluation;
        return new Answer(
            new
            {
                measured.Metric,
                measured.Intervention,
                Examples = values.Total,
                Clean = Run(values.Clean),
                Corrupted = Run(values.Corrupted),
                Circuit = Run(values.Circuit),
                Faithfulness = values.Faithfulness.Value,
                FaithfulnessPaperPercent = values.Faithfulness.PaperPercent,
                Accuracy = new { Clean = values.CleanAccuracy, Circuit = values.CircuitAccuracy },
                Edges = EdgeCounts.Of(measured.Circuit),
            },
            [
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{measured.Metric}: clean {values.Faithfulness.Clean:0.####}, corrupted {values.Faithfulness.Corrupted:0.####}, circuit {values.Faithfulness.Circuit:0.####}"
                ),
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"faithfulness {values.Faithfulness.Value:0.####} with {measured.Circuit.EdgeCount:N0} edges; accuracy {values.CircuitAccuracy:0.####}, whole model {values.CleanAccuracy:0.####}, {values.Total:N0} pairs"
                ),
            ]
        );
    }

    private static object Run(ImmutableArray<double> values) => new { Mean = values.Average(), PerExample = values };
}
