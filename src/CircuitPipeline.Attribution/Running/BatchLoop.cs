using CircuitPipeline.Models;
using static TorchSharp.torch;

namespace CircuitPipeline.Attribution;

/// <summary>Goes through the pairs batch by batch: one dispose scope each, cancellation before and progress after it.</summary>
internal sealed class BatchLoop(int size, TimeProvider time)
{
    internal int Size { get; } = Checked.AtLeastOne(size);

    /// <param name="model">Its weights must be all there is.</param>
    /// <param name="pairs">What it is asked.</param>
    /// <param name="metric">Its reference run is made for every batch; null when nothing is measured.</param>
    /// <param name="aggregation">Whether the batches' borders matter.</param>
    /// <param name="work">Gets each batch.</param>
    /// <param name="report">Is called after every batch.</param>
    /// <param name="cancellation">Stops before the next batch.</param>
    internal void Run(
        Transformer model,
        EncodedPairs pairs,
        Metric? metric,
        Aggregation aggregation,
        Action<PairBatch, BatchPlace> work,
        Action<AttributionProgress>? report,
        CancellationToken cancellation
    )
    {
        pairs.MustFit(model.Config);
        MergedWeights.MustBeIn(model);
        int[][] batches = aggregation == Aggregation.Reference ? pairs.BatchesInOrder(Size) : pairs.Batches(Size);
        long start = time.GetTimestamp();
        int done = 0;
        foreach ((int index, int[] rows) in batches.Index())
        {
            cancellation.ThrowIfCancellationRequested();
            using (NewDisposeScope())
                work(
                    ReferenceLogits.Of(model, pairs.Take(rows, model.Device), metric),
                    new BatchPlace(index + 1, rows)
                );
            done += rows.Length;
            TimeSpan elapsed = time.GetElapsedTime(start);
            report?.Invoke(new AttributionProgress(done, pairs.Count, elapsed * ((double)(pairs.Count - done) / done)));
        }
    }
}
