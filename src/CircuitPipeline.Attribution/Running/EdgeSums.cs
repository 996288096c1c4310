using CircuitPipeline.Circuits.Graph;
using CircuitPipeline.Tensors.Calls;
using static TorchSharp.torch;

namespace CircuitPipeline.Attribution.Running;

/// <summary>Sums of scores over examples by edge index, in double precision.</summary>
internal sealed class EdgeSums(ComputationGraph graph)
{
    private readonly double[] _sums = new double[graph.EdgeCount];

    internal ComputationGraph Graph => graph;

    /// <summary>What the scores that are added next are multiplied by: the weight of their batch.</summary>
    internal double Weight { get; set; } = 1;

    /// <summary>Number of sources that reach a destination; they are the first ones.</summary>
    internal static int SourcesOf(ComputationGraph graph, int destination) =>
        Enumerable.Range(0, graph.SourceCount).Count(source => graph.FirstDestination(source) <= destination);

    /// <summary>Adds difference · gradient over positions and d_model, for destinations that the same sources reach.</summary>
    /// <param name="differences">Corrupted - clean output, <c>[source, batch * pos, d_model]</c>.</param>
    /// <param name="first">The first destination.</param>
    /// <param name="gradients"><c>[destination, batch * pos, d_model]</c>.</param>
    /// <returns>Whether all scores are finite numbers.</returns>
    internal bool AddProducts(Tensor differences, int first, Tensor gradients)
    {
        Tensor reaching = differences.narrow(0, 0, SourcesOf(graph, first)).flatten(1);
        return Add(first, reaching.MatMul(gradients.flatten(1).t()));
    }

    /// <summary>Adds sums over a batch.</summary>
    /// <param name="first">The first destination.</param>
    /// <param name="scores"><c>[source, destination]</c>.</param>
    /// <returns>Whether all scores are finite numbers.</returns>
    internal bool Add(int first, Tensor scores)
    {
        int width = (int)scores.size(1);
        double[] numbers = scores.to(ScalarType.Float64).cpu().contiguous().data<double>().ToArray();
        for (int index = 0; index < numbers.Length; index++)
        {
            int edge =
                graph.EdgeIndex(index / width, first + index % width)
                ?? throw new ArgumentException(
                    $"Source {index / width} does not reach destination {first + index % width}."
                );
            _sums[edge] += Weight * numbers[index];
        }

        return Array.TrueForAll(numbers, double.IsFinite);
    }

    /// <summary>The sums by edge index, divided by the number of examples.</summary>
    internal double[] Means(int examples) => [.. _sums.Select(sum => sum / examples)];
}
