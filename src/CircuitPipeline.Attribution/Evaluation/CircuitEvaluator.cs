using System.Collections.Immutable;
using CircuitPipeline.Attribution.Pairs;
using CircuitPipeline.Attribution.Running;
using CircuitPipeline.Circuits.Scores;
using CircuitPipeline.Circuits.Selection;
using CircuitPipeline.Models;
using CircuitPipeline.Prompts.PromptPairs;
using TorchSharp;
using static TorchSharp.torch;

namespace CircuitPipeline.Attribution.Evaluation;

/// <summary>Runs circuits and compares them with the whole model.</summary>
/// <remarks>
/// <code>
/// for each batch:
///   1. run the whole model on the clean and on the corrupted prompts
///   2. run it on the clean prompts, where each edge outside the circuit carries what replaces its source's output
///   3. keep the metric of the three, and whether the most likely token is an answer
/// </code>
/// </remarks>
/// <param name="batch">Examples at a time, at least 1.</param>
/// <param name="time">For the estimated rest.</param>
/// <param name="intervention">What replaces an edge outside the circuit; means are those of the pairs that are evaluated.</param>
public sealed class CircuitEvaluator(int batch, TimeProvider time, Intervention intervention = Intervention.Patching)
{
    private readonly BatchLoop _loop = new(batch, time);

    /// <summary>What replaces an edge outside the circuit.</summary>
    public Intervention Intervention { get; } = intervention;

    /// <summary>Evaluates a circuit.</summary>
    /// <param name="model">The model; it is not changed.</param>
    /// <param name="circuit">Edges of the model's computation graph.</param>
    /// <param name="pairs">What it is asked.</param>
    /// <param name="metric">The behaviour.</param>
    /// <param name="report">Is called after every batch.</param>
    /// <param name="cancellation">Stops the run before its next batch.</param>
    /// <returns>The values by pair.</returns>
    /// <exception cref="ArgumentException">The circuit belongs to a graph of another shape.</exception>
    /// <exception cref="InvalidDataException">The model cannot read a pair, or it lacks answers that the metric needs.</exception>
    /// <exception cref="AttributionDivergedException">A value is not a finite number.</exception>
    /// <exception cref="OperationCanceledException">The run was asked to stop.</exception>
    public CircuitEvaluation Evaluate(
        Transformer model,
        Circuit circuit,
        EncodedPairs pairs,
        Metric metric,
        Action<AttributionProgress>? report = null,
        CancellationToken cancellation = default
    ) => EvaluateAll(model, [circuit], pairs, metric, report, cancellation)[0];

    /// <summary>Evaluates several circuits in one pass over the pairs, so that the whole model runs once for all.</summary>
    /// <param name="model">The model; it is not changed.</param>
    /// <param name="circuits">Edges of the model's computation graph.</param>
    /// <param name="pairs">What it is asked.</param>
    /// <param name="metric">The behaviour.</param>
    /// <param name="report">Is called after every batch.</param>
    /// <param name="cancellation">Stops the run before its next batch.</param>
    /// <returns>The evaluations in the order of the circuits; exceptions are those of one circuit.</returns>
    public ImmutableArray<CircuitEvaluation> EvaluateAll(
        Transformer model,
        IReadOnlyList<Circuit> circuits,
        EncodedPairs pairs,
        Metric metric,
        Action<AttributionProgress>? report = null,
        CancellationToken cancellation = default
    )
    {
        foreach (Circuit circuit in circuits)
        {
            CircuitRules.MustBeOf(model.Config, circuit.Graph);
        }

        metric.MustBeDefinedFor(pairs);
        using DisposeScope scope = NewDisposeScope();
        AblationActivations ablation = AblationActivations.Of(Intervention, model, pairs, _loop, cancellation);
        (CircuitRun Run, EvaluationRows Rows)[] parts =
        [
            .. circuits.Select(circuit =>
                (new CircuitRun(model, circuit.Graph, circuit.Contains), new EvaluationRows(pairs, metric))
            ),
        ];
        _loop.Run(
            model,
            pairs,
            metric,
            Aggregation.PerExample,
            cutsSharedStart: Intervention == Intervention.Patching,
            (rows, location) => Add(parts, model, ablation, rows, location),
            report,
            cancellation
        );
        return [.. parts.Select(part => part.Rows.ToEvaluation())];
    }

    /// <summary>Evaluates a circuit and, in the same pass, all edges that are not in it.</summary>
    /// <param name="model">The model; it is not changed.</param>
    /// <param name="circuit">Edges of the model's computation graph.</param>
    /// <param name="pairs">What it is asked.</param>
    /// <param name="metric">The behaviour.</param>
    /// <param name="report">Is called after every batch.</param>
    /// <param name="cancellation">Stops the run before its next batch.</param>
    /// <returns>Both evaluations; exceptions are those of one circuit.</returns>
    public CircuitCompleteness Completeness(
        Transformer model,
        Circuit circuit,
        EncodedPairs pairs,
        Metric metric,
        Action<AttributionProgress>? report = null,
        CancellationToken cancellation = default
    )
    {
        ImmutableArray<CircuitEvaluation> both = EvaluateAll(
            model,
            [circuit, circuit.Complement()],
            pairs,
            metric,
            report,
            cancellation
        );
        return new CircuitCompleteness(both[0], both[1]);
    }

    /// <summary>Evaluates the circuits of all shares of the edges at which <see cref="FaithfulnessCurve"/> is measured.</summary>
    /// <param name="model">The model; it is not changed.</param>
    /// <param name="scores">Select the circuits.</param>
    /// <param name="pairs">What it is asked.</param>
    /// <param name="metric">The behaviour.</param>
    /// <param name="signed">Whether a score's sign counts in the selection; else its absolute value does.</param>
    /// <param name="report">Is called after every batch.</param>
    /// <param name="cancellation">Stops the run before its next batch.</param>
    /// <returns>The curve; exceptions are those of one circuit.</returns>
    public FaithfulnessCurve Curve(
        Transformer model,
        EdgeScores scores,
        EncodedPairs pairs,
        Metric metric,
        bool signed = false,
        Action<AttributionProgress>? report = null,
        CancellationToken cancellation = default
    )
    {
        (double Fraction, int Edges, Circuit Circuit)[] selected =
        [
            .. FaithfulnessCurve.Fractions.Select(fraction =>
            {
                (int edges, Circuit circuit) = CurveCircuits.Of(scores, fraction, signed);
                return (fraction, edges, circuit);
            }),
        ];
        ImmutableArray<CircuitEvaluation> results = EvaluateAll(
            model,
            [.. selected.Select(row => row.Circuit)],
            pairs,
            metric,
            report,
            cancellation
        );
        return new FaithfulnessCurve([
            .. selected.Zip(
                results,
                (row, result) => new CurvePoint(row.Fraction, row.Edges, row.Circuit.EdgeCount, result)
            ),
        ]);
    }

    private static void Add(
        (CircuitRun Run, EvaluationRows Rows)[] parts,
        Transformer model,
        AblationActivations ablation,
        PairBatch batch,
        BatchLocation location
    )
    {
        using IDisposable frozen = no_grad();
        (SourceActivations clean, Tensor cleanLogits) = SourceActivations.Of(model, batch, batch.Clean);
        (SourceActivations corrupted, Tensor corruptedLogits) = SourceActivations.Of(model, batch, batch.Corrupted);
        Tensor outputs = ablation.For(batch, () => corrupted).Outputs(model);
        foreach ((CircuitRun run, EvaluationRows rows) in parts)
        {
            using DisposeScope scope = NewDisposeScope();
            rows.Add(batch, location, cleanLogits, corruptedLogits, run.Logits(batch, clean.Embedding, outputs));
        }
    }
}

/// <summary>Collects the values of one circuit's evaluation by the pairs' places.</summary>
internal sealed class EvaluationRows(EncodedPairs pairs, Metric metric)
{
    private readonly double[] _clean = new double[pairs.Count];
    private readonly double[] _corrupted = new double[pairs.Count];
    private readonly double[] _circuit = new double[pairs.Count];
    private readonly double[] _divergence = new double[pairs.Count];
    private readonly bool[] _cleanIsCorrect = new bool[pairs.Count];
    private readonly bool[] _circuitIsCorrect = new bool[pairs.Count];

    internal void Add(PairBatch batch, BatchLocation location, Tensor clean, Tensor corrupted, Tensor circuit)
    {
        Put(_clean, Values(metric, clean, batch.Answers, "in the clean run"));
        Put(_corrupted, Values(metric, corrupted, batch.Answers, "in the corrupted run"));
        Put(_circuit, Values(metric, circuit, batch.Answers, "in the circuit's run"));
        Answers toClean = batch.Answers with { ReferenceLogits = clean };
        Put(_divergence, Values(Metrics.Kl(), circuit, toClean, "in the circuit's run"));
        Put(_cleanIsCorrect, IsCorrect(clean));
        Put(_circuitIsCorrect, IsCorrect(circuit));

        double[] Values(Metric measured, Tensor logits, Answers answers, string run) =>
            location.Finite(
                $"metric '{measured.Name}'",
                measured.Of(logits, answers).unsqueeze(0), // [1, batch]
                _ => run
            );

        bool[] IsCorrect(Tensor logits) => batch.Answers.Clean.Contain(logits.argmax(-1)).cpu().data<bool>().ToArray(); // [batch]

        void Put<T>(T[] all, T[] values)
        {
            foreach ((int index, int row) in batch.Rows.Index())
            {
                all[row] = values[index];
            }
        }
    }

    internal CircuitEvaluation ToEvaluation() =>
        new(
            [.. _clean],
            [.. _corrupted],
            [.. _circuit],
            [.. _divergence],
            pairs.HaveAnswers ? [.. _cleanIsCorrect] : [],
            pairs.HaveAnswers ? [.. _circuitIsCorrect] : []
        );
}
