using CircuitPipeline.Models;
using static TorchSharp.torch;

namespace CircuitPipeline.Attribution;

/// <summary>Measures one number per example; a higher value means that the behaviour is stronger.</summary>
/// <param name="logits">Logits at the answer position, <c>[batch, d_vocab]</c>.</param>
/// <param name="answers">The examples' answers.</param>
/// <returns><c>[batch]</c>; each value depends on its own row only, and differentiably.</returns>
public delegate Tensor MetricFunction(Tensor logits, Answers answers);

/// <summary>What is measured on a model's logits, with the name that artifacts carry.</summary>
/// <param name="Name">Lower-case words with hyphens.</param>
/// <param name="Measure">The measurement.</param>
public sealed record Metric(string Name, MetricFunction Measure)
{
    /// <summary>Measures, and refuses what is not one number per example.</summary>
    internal Tensor Of(Tensor logits, Answers answers)
    {
        Tensor values = Measure(logits, answers);
        values.MustHaveShape($"values of the metric '{Name}'", ("batch", logits.size(0)));
        return values;
    }
}
