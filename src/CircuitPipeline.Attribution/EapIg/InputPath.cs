using CircuitPipeline.Models;
using static TorchSharp.torch;

namespace CircuitPipeline.Attribution;

/// <summary>
/// Scores a batch by gradients at points on the path from the corrupted to the clean token embeddings, averaged; what
/// <see cref="EapIgInputs"/>, <see cref="Eap"/> (the clean end) and <see cref="CleanCorrupted"/> (both ends) share.
/// </summary>
internal static class InputPath
{
    internal static void Add(ScoreBatch batch, Transformer model, Metric metric, double[] points)
    {
        PairBatch pairs = batch.Pairs;
        Interpolation path = Interpolation.OfInputs(model, pairs, points);
        InterpolatedRun run = new(model, pairs, path, metric, batch.Location, onlyAnswers: true);
        using IDisposable frozen = no_grad();
        SourceActivations clean = At(1, pairs.Clean);
        SourceActivations replaced = batch.Ablation.For(pairs, () => At(0, pairs.Corrupted));
        run.AddTo(batch.Sums, InputGradients.Differences(model, replaced, clean, points.Length));

        // An end of the path that is one of its points has been run already.
        SourceActivations At(double end, Tensor tokens) =>
            Array.IndexOf(points, end) is >= 0 and int step
                ? run.At(step)
                : SourceActivations.Of(model, pairs, tokens, onlyAnswers: true).Activations;
    }
}
