using CircuitPipeline.Attribution.Running;
using CircuitPipeline.Circuits.Scores;
using CircuitPipeline.Models;
using CircuitPipeline.Prompts.PromptPairs;

namespace CircuitPipeline.Attribution.Methods;

/// <summary>Scores edges by the mean of the gradients at the clean and at the corrupted run: a trapezoid of one step.</summary>
/// <remarks>Hanna, Pezzelle, Belinkov 2024 (arXiv:2403.17806), reference: EAP-IG 2.0, method <c>clean-corrupted</c>.</remarks>
/// <param name="batch">Examples at a time, at least 1; memory holds twice as many.</param>
/// <param name="time">For the estimated rest.</param>
/// <param name="intervention">What replaces a source's output; defined for patching only.</param>
/// <param name="aggregation">How the examples' scores become one.</param>
public sealed class CleanCorrupted(
    int batch,
    TimeProvider time,
    Intervention intervention = Intervention.Patching,
    Aggregation aggregation = Aggregation.PerExample
) : IEdgeAttribution
{
    /// <summary>The method's name in specs and artifacts.</summary>
    public const string Name = "clean-corrupted";

    private static readonly double[] Ends = [0, 1];
    private readonly ScoreRun _run = new(
        Name,
        batch,
        time,
        GradientRules.MustBePatching(Name, intervention),
        aggregation
    );

    /// <inheritdoc/>
    public EdgeScores Attribute(
        Transformer model,
        EncodedPairs pairs,
        Metric metric,
        Action<AttributionProgress>? report = null,
        CancellationToken cancellation = default
    )
    {
        GradientRules.MustHaveSlope(Name, metric, onlyClean: false);
        return _run.Of(model, pairs, metric, rows => InputPath.Add(rows, model, metric, Ends), report, cancellation);
    }
}
