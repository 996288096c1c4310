using System.Collections.Immutable;
using CircuitPipeline.Prompts.PromptPairs;
using static TorchSharp.torch;

namespace CircuitPipeline.Attribution;

/// <summary>The metrics that can be measured.</summary>
public static class Metrics
{
    private const string KlName = "kl-divergence";

    /// <summary>Mean logit of the clean prompt's answers - mean logit of the corrupted prompt's answers.</summary>
    /// <remarks>Hanna et al. 2024 for greater-than and agreement, reference: metrics.py of eap-ig-faithfulness.</remarks>
    public static Metric LogitDifference { get; } =
        new("logit-difference", (logits, answers) => answers.Clean.Mean(logits) - answers.Corrupted.Mean(logits));

    /// <summary>Sum of the logits of the clean prompt's answers - sum of the logits of the corrupted prompt's answers.</summary>
    /// <remarks>
    /// Hanna et al. 2024 for hypernymy, reference: metrics.py of eap-ig-faithfulness. A number added to all logits changes it
    /// where the sets are not of one size.
    /// </remarks>
    public static Metric LogitSumDifference { get; } =
        new("logit-sum-difference", (logits, answers) => answers.Clean.Sum(logits) - answers.Corrupted.Sum(logits));

    /// <summary>Probability of the clean prompt's answers together - that of the corrupted prompt's answers, -1 to 1.</summary>
    /// <remarks>Hanna et al. 2024 for all sets, reference: metrics.py of eap-ig-faithfulness.</remarks>
    public static Metric ProbabilityDifference { get; } =
        new("probability-difference", (logits, answers) => LogitSumDifference.Measure(logits.softmax(-1), answers));

    /// <summary>1 where the most likely token is one of the clean prompt's answers, else 0; it has no gradient.</summary>
    public static Metric Accuracy { get; } =
        new("accuracy", (logits, answers) => answers.Clean.Contain(logits.argmax(-1)).to(logits.dtype))
        {
            Needs = NeededAnswers.Right,
            HasGradient = false,
        };

    /// <summary>Those that compare right answers with wrong ones.</summary>
    internal static ImmutableArray<Metric> AgainstAnswers { get; } =
    [LogitDifference, LogitSumDifference, ProbabilityDifference];

    /// <summary>The names by which <see cref="Named"/> knows the metrics.</summary>
    public static ImmutableArray<string> Names { get; } =
    [.. AgainstAnswers.Select(metric => metric.Name), KlName, Accuracy.Name];

    /// <summary>KL(reference || run) in nats, summed over the vocabulary: 0 where the run predicts as the reference does.</summary>
    /// <remarks>Differs from EAP-IG 2.0 and the code of arXiv:2502.11812, which divide by the size of the vocabulary.</remarks>
    /// <param name="reference">The whole model's run that the run is compared with.</param>
    /// <value>The default is the clean one.</value>
    public static Metric Kl(ReferenceRun reference = ReferenceRun.Clean) =>
        new($"{KlName}-to-{EnumNames.Of(reference)}", Divergence)
        {
            Needs = NeededAnswers.None,
            IsLoss = true,
            Reference = reference,
        };

    /// <summary>The metric of a name.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="klReference">For <c>kl-divergence</c> only: what it compares with; null for its default.</param>
    /// <exception cref="UnknownNameException">No metric has the name.</exception>
    /// <exception cref="UndefinedCombinationException">The metric compares with no run.</exception>
    public static Metric Named(string name, ReferenceRun? klReference = null)
    {
        if (name == KlName)
        {
            return Kl(klReference ?? ReferenceRun.Clean);
        }

        Metric metric =
            Array.Find([.. AgainstAnswers, Accuracy], known => known.Name == name)
            ?? throw EnumNames.Unknown("metric", name, Names);
        return klReference is not { } reference
            ? metric
            : throw new UndefinedCombinationException(
                $"The metric '{name}' compares with no run, but the reference '{EnumNames.Of(reference)}' is given; only '{KlName}' has one."
            );
    }

    private static Tensor Divergence(Tensor logits, Answers answers)
    {
        Tensor reference = (
            answers.ReferenceLogits ?? throw new ArgumentException("KL needs the logits of a reference run.")
        ).log_softmax(-1); // [batch, d_vocab]
        return (reference.exp() * (reference - logits.log_softmax(-1))).sum(-1); // [batch]
    }
}
