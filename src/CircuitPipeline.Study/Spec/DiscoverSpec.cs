using System.ComponentModel.DataAnnotations;
using CircuitPipeline.Attribution;
using CircuitPipeline.Attribution.Methods;
using CircuitPipeline.Prompts.Corpora;

namespace CircuitPipeline.Study.Spec;

/// <summary>How circuits are found, measured and compared.</summary>
public sealed record DiscoverSpec : ICheckedSpec
{
    /// <summary>How edges are scored.</summary>
    [AllowedValues("eap", "eap-ig-inputs", "eap-ig-activations", "clean-corrupted", "exact")]
    public required string Method { get; init; }

    /// <summary>Points of the integration path; 1 for methods that integrate nothing.</summary>
    [Range(1, 1000)]
    public required int Steps { get; init; }

    /// <summary>Where on the path the points are; <c>left</c> for all methods but <c>eap-ig-inputs</c>.</summary>
    [AllowedValues("left", "right", "midpoint")]
    public required string Quadrature { get; init; }

    /// <summary>What a circuit must keep up.</summary>
    [AllowedValues("logit-difference", "logit-sum-difference", "probability-difference", "kl-divergence")]
    public required string Metric { get; init; }

    /// <summary>Prompt pairs computed at once; results do not depend on it beyond rounding.</summary>
    [Range(1, 65536)]
    public required int Batch { get; init; }

    /// <summary>Sizes of the circuits that are kept and measured, in percent of all edges; rising.</summary>
    [Length(1, 20), Range(0.001, 100.0)]
    public required double[] EdgesPercent { get; init; }

    /// <summary>The size at which circuits are compared and ranks are planned; one of the sizes above.</summary>
    [Range(0.001, 100.0)]
    public required double ComparePercent { get; init; }

    /// <summary>Ways of fine-tuning whose circuits are found at their end, beside those along <c>lora</c>, which always are; of <c>methods</c>.</summary>
    /// <value>By default none.</value>
    [
        Length(1, 9),
        AllowedValues(
            "circuit-lora",
            "circuit-lora-union",
            "random-lora",
            "full",
            "rslora",
            "dora",
            "adalora",
            "pissa",
            "ia3"
        )
    ]
    public string[]? Methods { get; init; }

    /// <summary>At which checkpoints a circuit is found once more from other pairs, as the floor of its change and of its measures: at all, or at the base model and the last one only.</summary>
    /// <value>The default is <c>all</c>.</value>
    [AllowedValues("all", "ends")]
    public string? Floors { get; init; }

    /// <summary>How much the circuits depend on their pairs: found again from parts of them, and from perturbed ones.</summary>
    /// <value>By default it is not measured.</value>
    public RobustnessSpec? Robustness { get; init; }

    private string Sizes =>
        string.Join(", ", EdgesPercent.Select(percent => FormattableString.Invariant($"{percent}")));

    IEnumerable<SpecProblem> ICheckedSpec.Problems()
    {
        if (!EdgesPercent.Zip(EdgesPercent.Skip(1)).All(pair => pair.First < pair.Second))
        {
            yield return new SpecProblem("edges_percent", $"are {Sizes}, but must rise.");
        }

        if (!EdgesPercent.Contains(ComparePercent))
        {
            yield return new SpecProblem(
                "compare_percent",
                FormattableString.Invariant($"is {ComparePercent}, but must be one of 'edges_percent', {Sizes}.")
            );
        }

        AttributionMethod method = AttributionMethods.Named(Method);
        if (!method.TakesSteps && Steps != 1)
        {
            yield return new SpecProblem(
                "steps",
                $"is {Steps}, but the method '{Method}' integrates nothing; write 1."
            );
        }

        if (!method.TakesQuadrature && Quadrature != "left")
        {
            yield return new SpecProblem(
                "quadrature",
                $"is '{Quadrature}', but the method '{Method}' chooses no points; write 'left'."
            );
        }

        if (Method == Eap.Name && Metric == "kl-divergence")
        {
            yield return new SpecProblem(
                "metric",
                "is 'kl-divergence', but its gradient at the clean run, where 'eap' takes it, is 0 for every edge; choose another metric or method."
            );
        }
    }
}
