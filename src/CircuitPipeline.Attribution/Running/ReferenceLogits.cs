using CircuitPipeline.Attribution.Pairs;
using CircuitPipeline.Models;
using CircuitPipeline.Models.Activations;
using static TorchSharp.torch;

namespace CircuitPipeline.Attribution.Running;

/// <summary>Runs the whole model for metrics that compare with it.</summary>
internal static class ReferenceLogits
{
    /// <summary>The batch with the logits of the metric's reference run, if it has one.</summary>
    internal static PairBatch Of(Transformer model, PairBatch batch, Metric? metric)
    {
        if (metric?.Reference is not { } reference)
        {
            return batch;
        }

        using IDisposable frozen = no_grad();
        Tensor tokens = reference == ReferenceRun.Clean ? batch.Clean : batch.Corrupted;
        Tensor logits = Scoped.Of(() =>
        {
            Tensor residual = model.Residual(tokens, ActivationHooks.None, batch.Prefix); // [batch, pos, d_model]
            return model.Unembed(batch.AtAnswer(residual), ActivationHooks.None); // [batch, d_vocab]
        });
        return batch with { Answers = batch.Answers with { ReferenceLogits = logits } };
    }
}
