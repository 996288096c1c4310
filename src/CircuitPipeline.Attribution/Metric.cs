using CircuitPipeline.Prompts.PromptPairs;
using CircuitPipeline.Tensors.Calls;
using static TorchSharp.torch;

namespace CircuitPipeline.Attribution;

/// <summary>Measures one number per example.</summary>
/// <param name="logits">Logits at the answer position, <c>[batch, d_vocab]</c>.</param>
/// <param name="answers">The examples' answers, and the logits of the reference run if the metric names one.</param>
/// <returns><c>[batch]</c>; each value depends on its own row only, and differentiably.</returns>
public delegate Tensor MetricFunction(Tensor logits, Answers answers);

/// <summary>What is measured on a model's logits, with the name that artifacts carry.</summary>
/// <param name="Name">Lower-case words with hyphens.</param>
/// <param name="Measure">The measurement.</param>
public sealed record Metric(string Name, MetricFunction Measure)
{
    /// <summary>
    /// Whether a higher value means a weaker behaviour, as for a divergence: then the loss is the value itself, else its
    /// negative. So for every metric a positive score says that the edge helps.
    /// </summary>
    public bool IsLoss { get; init; }

    /// <summary>The run with whose logits it compares; null when it needs none.</summary>
    public ReferenceRun? Reference { get; init; }

    /// <summary>Which answers of a pair it reads.</summary>
    /// <value>The default is both.</value>
    public NeededAnswers Needs { get; init; } = NeededAnswers.Both;

    /// <summary>Whether it changes smoothly with the logits; a count of right answers does not.</summary>
    public bool HasGradient { get; init; } = true;

    /// <summary>Refuses pairs that lack answers which it reads.</summary>
    /// <param name="pairs">The pairs.</param>
    /// <exception cref="InvalidDataException">A pair lacks one; the first is named.</exception>
    public void MustBeDefinedFor(EncodedPairs pairs)
    {
        for (int index = 0; index < pairs.Count; index++)
        {
            if (MissingOf(pairs[index]) is { } missing)
            {
                throw new InvalidDataException(
                    $"The metric '{Name}' needs {(Needs == NeededAnswers.Both ? "right and wrong" : "right")} answers, "
                        + $"but pair {index + 1} has no {missing} one; give answers to every pair, or measure a divergence, which needs none."
                );
            }
        }
    }

    /// <summary>Measures, in float32 at least, and refuses what is not one number per example.</summary>
    internal Tensor Of(Tensor logits, Answers answers)
    {
        Tensor values = Measure(logits.Wide(), answers with { ReferenceLogits = answers.ReferenceLogits?.Wide() });
        values.MustHaveShape($"values of the metric '{Name}'", ("batch", logits.size(0)));
        return values;
    }

    /// <summary>The loss for values of this metric, of any shape.</summary>
    internal Tensor Loss(Tensor values) => IsLoss ? values : -values;

    private string? MissingOf(EncodedPair pair) =>
        Needs != NeededAnswers.None && !pair.HasAnswers ? "right"
        : Needs == NeededAnswers.Both && pair.CorruptedAnswers.IsEmpty ? "wrong"
        : null;
}

/// <summary>The whole model's run with whose logits a metric compares.</summary>
public enum ReferenceRun
{
    /// <summary>On the clean prompt, as EAP-IG 2.0 does.</summary>
    Clean,

    /// <summary>On the corrupted prompt, as the code of arXiv:2502.11812 does for <c>eap</c> and for circuits.</summary>
    Corrupted,
}
