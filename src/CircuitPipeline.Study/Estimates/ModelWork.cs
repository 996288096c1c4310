using CircuitPipeline.Attribution;
using CircuitPipeline.Attribution.Methods;
using CircuitPipeline.Attribution.Running;
using CircuitPipeline.Circuits.Config;
using CircuitPipeline.Circuits.Graph;
using CircuitPipeline.Study.Runs;
using CircuitPipeline.Study.Spec;
using CircuitPipeline.Training;
using static TorchSharp.torch;

namespace CircuitPipeline.Study.Estimates;

/// <summary>What passes through a model cost, counted from its shape; attention's own products are left out, which short prompts make small.</summary>
/// <param name="config">The shape.</param>
/// <param name="dtype">What it is computed in.</param>
/// <param name="memory">The most memory that fine-tuning should take, in bytes; null for what it needs.</param>
internal sealed class ModelWork(TransformerConfig config, ScalarType dtype = ScalarType.Float32, long? memory = null)
{
    private const int BytesOfScore = 66; // with its name, as JSON

    // Two operations for each weight and token.
    private readonly double _blocks =
        2.0 * config.NLayers * config.LinearMaps.Sum(map => (double)map.Inputs * map.Outputs);

    private readonly double _unembedding = 2.0 * config.DModel * config.DVocab;
    private readonly ComputationGraph _graph = new(config);

    private int Width => dtype == ScalarType.BFloat16 ? 2 : 4;

    private long WeightBytes => Width * config.ParameterCount;

    /// <summary>Training of all weights on every token, and answers to the validation sets now and then.</summary>
    internal ItemEstimate Pretraining(PretrainSpec spec, int positions, (int Prompts, int Positions)[] validation)
    {
        double evaluations = Math.Ceiling((double)spec.Steps / spec.EvaluateEvery);
        return new ItemEstimate(
            3.0 * spec.Steps * spec.Batch * positions * (_blocks + _unembedding)
                + evaluations * validation.Sum(set => Forward(set.Prompts, set.Positions)),
            (3.0 * spec.Steps + evaluations * validation.Length) * config.NLayers,
            Step(
                config.ParameterCount,
                isFull: true,
                spec.Batch,
                positions,
                spec.Batch * positions,
                checkpointing: false
            ),
            WeightBytes
        );
    }

    /// <summary>Reading a checkpoint and writing it again.</summary>
    internal ItemEstimate Import() => new(0, 1000, MemoryBound.RuntimeBytes + WeightBytes, WeightBytes);

    /// <summary>Training on answers: of an adapter, without the weights' own gradients, or of all weights.</summary>
    /// <param name="spec">How.</param>
    /// <param name="positions">Tokens of the longest prompt.</param>
    /// <param name="measured">Prompts that are answered.</param>
    /// <param name="isFull">Whether all weights are trained.</param>
    /// <param name="kept">Adapters that are written.</param>
    /// <param name="together">How many adapters may be trained in one pass.</param>
    internal ItemEstimate FineTuning(
        FineTuneSpec spec,
        int positions,
        int measured,
        bool isFull,
        int kept,
        int together
    )
    {
        double tokens = (double)spec.Steps * spec.Batch * positions;
        long adapter = 4L * config.NLayers * config.LinearMaps.Sum(map => (long)spec.Rank * (map.Inputs + map.Outputs));
        return new ItemEstimate(
            (isFull ? 3 : 2) * tokens * (_blocks + _unembedding) + Forward(measured, positions),
            3.0 * spec.Steps * (spec.Accumulation ?? 1) * config.NLayers,
            FineTuningMemory(
                isFull ? config.ParameterCount : adapter / 4,
                isFull,
                StepMemory.RowsOfAPart(spec),
                positions,
                together
            ),
            isFull ? WeightBytes : kept * adapter
        );
    }

    /// <summary>Scores of all edges.</summary>
    internal ItemEstimate Attribution(DiscoverSpec spec, int pairs, int positions)
    {
        AttributionMethod method = AttributionMethods.Named(spec.Method);
        double passes = spec.Method switch
        {
            ExactPatching.Name => 2.0 + _graph.EdgeCount,
            EapIgActivations.Name => 2 + 2.0 * spec.Steps * (2 * config.NLayers + 1),
            EapIgInputs.Name => 2 + 2.0 * spec.Steps,
            CleanCorrupted.Name => 6,
            _ => 4,
        };
        double products = 2.0 * _graph.EdgeCount * config.DModel * positions * pairs;
        MemoryBound bound = MemoryBound.Of(
            method.Name,
            spec.Steps,
            config,
            dtype,
            positions,
            Metrics.Named(spec.Metric)
        );
        return new ItemEstimate(
            passes * Forward(pairs, positions) + products,
            passes * Math.Ceiling((double)pairs / spec.Batch) * config.NLayers,
            bound.Bytes(Math.Min(spec.Batch, pairs)),
            (long)BytesOfScore * _graph.EdgeCount
        );
    }

    /// <summary>Circuits of several sizes run alone, one with its complement, and both once more from other pairs: every head and input of an edge by itself.</summary>
    internal ItemEstimate Evaluation(DiscoverSpec spec, int pairs, int positions)
    {
        double passes = 4 + 4.0 * (spec.EdgesPercent.Length + 3);
        return new ItemEstimate(
            passes * Forward(pairs, positions),
            passes * Math.Ceiling((double)pairs / spec.Batch) * config.NLayers,
            MemoryBound.OfCircuits(config, dtype, positions).Bytes(Math.Min(spec.Batch, pairs)),
            1000L * spec.EdgesPercent.Length
        );
    }

    /// <summary>Circuits of several sizes, selected.</summary>
    internal ItemEstimate Selection(DiscoverSpec spec) =>
        new(
            0,
            1,
            MemoryBound.RuntimeBytes / 4 + 300L * _graph.EdgeCount,
            (long)BytesOfScore * _graph.EdgeCount * spec.EdgesPercent.Length
        );

    private double Forward(int prompts, int positions) => prompts * (positions * _blocks + _unembedding);

    // As many adapters in a pass as keep the limit; where one does not, with checkpointing.
    private long FineTuningMemory(long trained, bool isFull, int rows, int positions, int together)
    {
        long alone = Step(trained, isFull, rows, positions, rows, checkpointing: false);
        for (int runs = together; runs > 1; runs--)
        {
            long plain = Step(runs * trained, isFull, runs * rows, positions, runs * rows, checkpointing: false);
            if (plain <= (memory ?? StepMemory.MostTimes * alone))
            {
                return plain;
            }
        }

        if (memory is null || alone <= memory)
        {
            return alone;
        }

        return Step(trained, isFull, rows, positions, rows, checkpointing: true);
    }

    private long Step(long trained, bool isFull, int rows, int positions, int places, bool checkpointing) =>
        MemoryBound.RuntimeBytes
        + new TrainingMemory(config, Width, trained, isFull).Bytes(
            (long)rows * positions,
            positions,
            places,
            checkpointing
        );
}
