using CircuitPipeline.Attribution.Running;
using CircuitPipeline.Circuits.Scores;
using CircuitPipeline.Models;
using CircuitPipeline.Prompts.PromptPairs;
using CircuitPipeline.Tensors.Calls;
using TorchSharp;
using static TorchSharp.torch;

namespace CircuitPipeline.Attribution.Methods;

/// <summary>Scores edges by how near each source's output comes to what its destination reads; no metric, no second prompt.</summary>
/// <remarks>
/// Ferrando and Voita 2024 (arXiv:2403.00824), as in EAP-IG 2.0. With y the destination's whole input on the clean prompt and
/// x_u the output of a source u that reaches it:
/// <code>
/// p_u = max(0, ‖y‖₁ - ‖y - x_u‖₁)
/// score(u -> v) = p_u / sum over the sources of p, averaged over the positions and then over the examples
/// </code>
/// Padding is no position; where no source comes near, all have 0.
/// </remarks>
/// <param name="batch">Examples at a time, at least 1.</param>
/// <param name="time">For the estimated rest.</param>
public sealed class InformationFlowRoutes(int batch, TimeProvider time) : IEdgeAttribution
{
    /// <summary>The method's name in specs and artifacts.</summary>
    public const string Name = "information-flow-routes";

    private readonly ScoreRun _run = new(Name, batch, time, intervention: null);

    /// <inheritdoc/>
    /// <remarks>The metric and the corrupted prompts are not read.</remarks>
    public EdgeScores Attribute(
        Transformer model,
        EncodedPairs pairs,
        Metric metric,
        Action<AttributionProgress>? report = null,
        CancellationToken cancellation = default
    ) => _run.Of(model, pairs, metric: null, rows => Add(rows, model), report, cancellation);

    private static void Add(ScoreBatch batch, Transformer model)
    {
        using IDisposable frozen = no_grad();
        ScalarType wide = model.Dtype == ScalarType.Float64 ? ScalarType.Float64 : ScalarType.Float32;
        Tensor mask = batch.Pairs.Mask(wide); // [batch, pos]
        Tensor weights = mask / mask.sum([1], keepdim: true);
        DestinationInputs run = new(model, batch.Pairs.Clean);
        Tensor outputs = run.Sources.Outputs(model); // [source, batch, pos, d_model]
        foreach ((int first, int count, Tensor input) in run.Inputs())
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor reaching = outputs.narrow(0, 0, EdgeSums.SourcesOf(batch.Sums.Graph, first));
            Tensor near = Near(reaching, input); // [source, batch, pos]
            Tensor sum = near.sum([0], keepdim: true);
            batch.Location.Finite(
                "information",
                (sum.select(0, 0) * mask).sum([1]).unsqueeze(0),
                _ => $"that flows into '{batch.Sums.Graph.DestinationAt(first).Node.Name}'"
            );
            Tensor shares = (near / sum.FilledWhere(sum.IsEqualTo(0), 1) * weights).sum([1, 2]); // [source]
            batch.Sums.Add(first, shares.unsqueeze(1).repeat(1, count));
        }
    }

    // Source by source, since the distances of all at once would hold the outputs once more. In float32 at least: one source among
    // hundreds changes the norm by less than a type of 16 bits holds.
    private static Tensor Near(Tensor outputs, Tensor narrow)
    {
        Tensor input = narrow.Wide();
        Tensor whole = Norm(input); // [batch, pos]
        return stack(outputs.unbind().Select(output => Scoped.Of(() => (whole - Norm(input - output)).AtLeast(0))));
    }

    private static Tensor Norm(Tensor values) => values.abs().sum(-1);
}
