using static TorchSharp.torch;

namespace CircuitPipeline.Attribution;

/// <summary>The metrics that can be measured.</summary>
public static class Metrics
{
    /// <summary>Logit of the clean prompt's answer - logit of the corrupted prompt's answer.</summary>
    public static Metric LogitDifference { get; } =
        new("logit-difference", (logits, answers) => At(logits, answers.Clean) - At(logits, answers.Corrupted));

    private static Tensor At(Tensor logits, Tensor ids) => logits.gather(1, ids.unsqueeze(1)).squeeze(1); // [batch]
}
