using CircuitPipeline.Attribution.Pairs;
using CircuitPipeline.Attribution.Running;
using CircuitPipeline.Circuits.Graph;
using CircuitPipeline.Circuits.Scores;
using CircuitPipeline.Models;
using CircuitPipeline.Prompts.PromptPairs;
using CircuitPipeline.Tensors.Calls;
using TorchSharp;
using static TorchSharp.torch;

namespace CircuitPipeline.Attribution.Methods;

/// <summary>Scores edges by what patching each of them alone does to the metric; the truth that gradients estimate.</summary>
/// <remarks>
/// <code>
/// for each batch, for each edge u -> v:
///   1. run the clean prompts, but add replacement - clean output of u to the input of v alone
///   2. score(u -> v) += loss(this run) - loss(clean run)
/// divide by the number of examples
/// </code>
/// Every edge starts from the whole graph; the authors' own loop changes the graph as it goes and differs on parallel
/// blocks.
/// </remarks>
/// <param name="batch">Examples at a time, at least 1; memory holds as many for every source.</param>
/// <param name="time">For the estimated rest.</param>
/// <param name="intervention">What replaces a source's output.</param>
public sealed class ExactPatching(int batch, TimeProvider time, Intervention intervention = Intervention.Patching)
    : IEdgeAttribution
{
    /// <summary>The method's name in specs and artifacts.</summary>
    public const string Name = "exact";

    private readonly ScoreRun _run = new(Name, batch, time, intervention);

    /// <inheritdoc/>
    public EdgeScores Attribute(
        Transformer model,
        EncodedPairs pairs,
        Metric metric,
        Action<AttributionProgress>? report = null,
        CancellationToken cancellation = default
    ) => _run.Of(model, pairs, metric, rows => Add(rows, model, metric, cancellation), report, cancellation);

    private static void Add(ScoreBatch batch, Transformer model, Metric metric, CancellationToken cancellation)
    {
        using IDisposable frozen = no_grad();
        (EdgeSums sums, AblationActivations ablation, PairBatch rows, BatchLocation location) = batch;
        (SourceActivations clean, Tensor cleanLogits) = SourceActivations.Of(model, rows, rows.Clean);
        SourceActivations replaced = ablation.For(
            rows,
            () => SourceActivations.Of(model, rows, rows.Corrupted).Activations
        );
        Tensor differences = replaced.Minus(clean).Outputs(model); // [source, batch, pos, d_model]
        Tensor whole = metric.Of(cleanLogits, rows.Answers); // [batch]
        location.Finite($"metric '{metric.Name}'", whole.unsqueeze(0), _ => "in the clean run");
        int perLayer = 3 * model.Config.NHeads + 1;
        foreach ((int destination, Func<Tensor> run) in new PatchedRuns(model, rows, differences).All())
        {
            cancellation.ThrowIfCancellationRequested();
            if (destination % perLayer == 0)
            {
                FreedMemory.Return(differences.Bytes() * ActivationBytes.WidthsPerLayer);
            }

            using DisposeScope scope = NewDisposeScope();
            Tensor logits = run();
            Tensor patched = metric.Of(logits, rows.Answers.Repeated(logits.size(0) / rows.Count));
            Tensor bySource = patched.view(-1, rows.Count); // [source, batch]
            location.Finite($"metric '{metric.Name}'", bySource, source => $"with '{EdgeOf(source)}' patched");
            sums.Add(destination, metric.Loss(bySource - whole).sum(1).unsqueeze(1));

            Edge EdgeOf(int source) => sums.Graph.EdgeAt(sums.Graph.EdgeIndex(source, destination)!.Value);
        }
    }
}
