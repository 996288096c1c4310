using CircuitPipeline.Circuits;
using CircuitPipeline.Models;
using static TorchSharp.torch;

namespace CircuitPipeline.Attribution;

/// <summary>Runs a circuit and compares it with the whole model.</summary>
/// <remarks>
/// <code>
/// for each batch:
///   1. run the whole model on the clean and on the corrupted prompts
///   2. run it on the clean prompts, where each edge outside the circuit carries its source's corrupted output
///   3. keep the metric of the three, and whether the most likely token is the answer
/// </code>
/// </remarks>
/// <param name="batch">Examples at a time, at least 1.</param>
/// <param name="time">For the estimated rest.</param>
/// <param name="intervention">What replaces an edge outside the circuit; only patching is built.</param>
public sealed class CircuitEvaluator(int batch, TimeProvider time, Intervention intervention = Intervention.Patching)
{
    private readonly BatchLoop _loop = new(Checked.AtLeastOne(batch), time);

    /// <summary>What replaces an edge outside the circuit.</summary>
    public Intervention Intervention { get; } = InterventionRules.MustBeBuilt(intervention);

    /// <summary>Evaluates a circuit.</summary>
    /// <param name="model">The model; it is not changed.</param>
    /// <param name="circuit">Edges of the model's computation graph.</param>
    /// <param name="pairs">What it is asked.</param>
    /// <param name="metric">The behaviour.</param>
    /// <param name="report">Is called after every batch.</param>
    /// <param name="cancellation">Stops the run before its next batch.</param>
    /// <returns>The values by pair.</returns>
    /// <exception cref="ArgumentException">The circuit belongs to a graph of another shape.</exception>
    /// <exception cref="InvalidPairsException">The model cannot read a pair.</exception>
    /// <exception cref="AttributionDivergedException">A value is not a finite number.</exception>
    /// <exception cref="OperationCanceledException">The run was asked to stop.</exception>
    public CircuitEvaluation Evaluate(
        Transformer model,
        Circuit circuit,
        EncodedPairs pairs,
        Metric metric,
        Action<AttributionProgress>? report = null,
        CancellationToken cancellation = default
    )
    {
        MustBeOf(model.Config, circuit.Graph);
        MustTellInputs(circuit.Graph);
        EvaluationRows rows = new(pairs.Count, metric);
        using var scope = NewDisposeScope();
        CircuitRun run = new(model, circuit.Graph, circuit.Contains);
        _loop.Run(model, pairs, (taken, place) => Add(rows, model, run, taken, place), report, cancellation);
        return rows.ToEvaluation();
    }

    private static void Add(EvaluationRows rows, Transformer model, CircuitRun run, PairBatch batch, BatchPlace place)
    {
        using IDisposable frozen = no_grad();
        (SourceActivations clean, Tensor cleanLogits) = SourceActivations.Of(model, batch.Clean);
        (SourceActivations corrupted, Tensor corruptedLogits) = SourceActivations.Of(model, batch.Corrupted);
        Tensor circuitLogits = run.Logits(clean.Embedding, corrupted.Outputs(model));
        rows.Add(batch, place, cleanLogits, corruptedLogits, circuitLogits);
    }

    private static void MustBeOf(TransformerConfig config, ComputationGraph graph)
    {
        bool fits =
            graph.NLayers == config.NLayers
            && graph.NHeads == config.NHeads
            && graph.ParallelBlocks == config.ParallelBlocks;
        if (!fits)
            throw new ArgumentException(
                $"The circuit is of a model of '{graph.NLayers}' layers, '{graph.NHeads}' heads and "
                    + $"{Blocks(graph.ParallelBlocks)} blocks, but this one has '{config.NLayers}', '{config.NHeads}' and "
                    + $"{Blocks(config.ParallelBlocks)} blocks."
            );
    }

    private static void MustTellInputs(ComputationGraph graph)
    {
        if (graph.IsCollapsed)
            throw new ArgumentException(
                $"The circuit belongs to a graph of {graph}, but a model is run with the inputs of its heads told apart: "
                    + "evaluate the circuit that was collapsed."
            );
    }

    private static string Blocks(bool areParallel) => areParallel ? "parallel" : "sequential";
}
