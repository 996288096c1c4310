using System.Globalization;
using CircuitPipeline.Attribution.Pairs;
using CircuitPipeline.Models;
using CircuitPipeline.Prompts.PromptPairs;
using CircuitPipeline.Tensors.Calls;
using static TorchSharp.torch;

namespace CircuitPipeline.Attribution.Running;

/// <summary>Goes through the pairs batch by batch: one dispose scope each, cancellation before and progress after it.</summary>
internal sealed class BatchLoop(int size, TimeProvider time)
{
    internal int Size { get; } = Ensure.AtLeastOne(size);

    /// <param name="model">Its weights must be all there is.</param>
    /// <param name="pairs">What it is asked.</param>
    /// <param name="metric">Its reference run is made for every batch; null when nothing is measured.</param>
    /// <param name="aggregation">Whether the batches' borders matter.</param>
    /// <param name="cutsSharedStart">Whether a batch begins where its prompts begin to matter, see <see cref="SharedStart"/>.</param>
    /// <param name="work">Gets each batch.</param>
    /// <param name="report">Is called after every batch.</param>
    /// <param name="cancellation">Stops before the next batch.</param>
    internal void Run(
        Transformer model,
        EncodedPairs pairs,
        Metric? metric,
        Aggregation aggregation,
        bool cutsSharedStart,
        Action<PairBatch, BatchLocation> work,
        Action<AttributionProgress>? report,
        CancellationToken cancellation
    )
    {
        GraphRules.MustHaveEdges(model.Config);
        pairs.MustFit(model.Config);
        MergedWeights.MustBeIn(model);
        int[][] batches = aggregation == Aggregation.Reference ? pairs.BatchesInOrder(Size) : pairs.Batches(Size);
        long start = time.GetTimestamp();
        int done = 0;
        foreach ((int index, int[] rows) in batches.Index())
        {
            cancellation.ThrowIfCancellationRequested();
            using (NewDisposeScope())
            {
                work(Take(model, pairs, rows, metric, cutsSharedStart), new BatchLocation(index + 1, rows));
            }

            done += rows.Length;
            TimeSpan elapsed = time.GetElapsedTime(start);
            report?.Invoke(new AttributionProgress(done, pairs.Count, elapsed * ((double)(pairs.Count - done) / done)));
        }

        // What follows in this process, such as the evaluation of what was found, begins without this run's memory.
        FreedMemory.Return(
            ActivationBytes.Of(model, batches.Max(rows => rows.Max(row => pairs[row].Clean.Length) * rows.Length))
        );
    }

    private static PairBatch Take(
        Transformer model,
        EncodedPairs pairs,
        int[] rows,
        Metric? metric,
        bool cutsSharedStart
    )
    {
        PairBatch batch = pairs.Take(rows, model.Device);
        if (cutsSharedStart)
        {
            batch = SharedStart.Cut(model, batch, pairs.SharedStart(rows));
        }

        return ReferenceLogits.Of(model, batch, metric);
    }
}

/// <summary>Where in the run a batch is, for messages.</summary>
/// <param name="Number">The batch, from 1.</param>
/// <param name="Rows">Its pairs' places, from 0.</param>
internal readonly record struct BatchLocation(int Number, int[] Rows)
{
    /// <summary>The numbers of a tensor whose last dimension is the batch; refuses what is not finite.</summary>
    /// <param name="what">What is measured, for the message.</param>
    /// <param name="values"><c>[variant, batch]</c>.</param>
    /// <param name="variant">The name of a row of the tensor, for the message.</param>
    internal double[] Finite(string what, Tensor values, Func<int, string> variant)
    {
        double[] numbers = values.detach().to(ScalarType.Float64).cpu().contiguous().data<double>().ToArray();
        int bad = Array.FindIndex(numbers, number => !double.IsFinite(number));
        if (bad < 0)
        {
            return numbers;
        }

        throw new AttributionDivergedException(
            string.Create(
                CultureInfo.InvariantCulture,
                $"The {what} is {numbers[bad]} {variant(bad / Rows.Length)} of batch {Number} for pair {Rows[bad % Rows.Length] + 1}; look at that pair and at the model's weights."
            )
        );
    }
}
