using CircuitPipeline.Models;
using static TorchSharp.torch;

namespace CircuitPipeline.Attribution;

/// <summary>Goes through the pairs batch by batch: one dispose scope each, cancellation before and progress after it.</summary>
internal sealed class BatchLoop(int size, TimeProvider time)
{
    internal void Run(
        Transformer model,
        EncodedPairs pairs,
        Action<PairBatch, BatchPlace> work,
        Action<AttributionProgress>? report,
        CancellationToken cancellation
    )
    {
        pairs.MustFit(model.Config);
        MergedWeights.MustBeIn(model);
        int[][] batches = pairs.Batches(size);
        long start = time.GetTimestamp();
        int done = 0;
        foreach ((int index, int[] rows) in batches.Index())
        {
            cancellation.ThrowIfCancellationRequested();
            using (NewDisposeScope())
                work(pairs.Take(rows, model.Device), new BatchPlace(index + 1, rows));
            done += rows.Length;
            TimeSpan elapsed = time.GetElapsedTime(start);
            report?.Invoke(new AttributionProgress(done, pairs.Count, elapsed * ((double)(pairs.Count - done) / done)));
        }
    }
}
