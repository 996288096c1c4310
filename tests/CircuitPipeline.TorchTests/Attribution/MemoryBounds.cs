using CircuitPipeline.Attribution;
using CircuitPipeline.Attribution.Methods;
using CircuitPipeline.Attribution.Running;
using CircuitPipeline.Circuits.Config;
using CircuitPipeline.Models;
using Xunit;
using static TorchSharp.torch;

namespace CircuitPipeline.TorchTests.Attribution;

public sealed class MemoryBounds
{
    private static readonly TransformerConfig Config = TinyModel.Config();

    [Fact]
    public void Give_the_largest_batch_that_keeps_them()
    {
        MemoryBound bound = MemoryBound.OfGradients(Config, float32, runs: 5, positions: 12);
        long bytes = bound.Bytes(7) + 1;

        int batch = bound.BatchWithin(bytes);

        Assert.Equal(7, batch);
        Assert.True(bound.Bytes(batch) <= bytes && bound.Bytes(batch + 1) > bytes);
    }

    [Fact]
    public void That_hold_no_example_say_what_is_needed()
    {
        MemoryBound bound = MemoryBound.OfCircuits(Config, float32, positions: 12);

        ArgumentOutOfRangeException error = Assert.Throws<ArgumentOutOfRangeException>(() => bound.BatchWithin(1000));

        Assert.StartsWith(
            "A memory of 1,000 bytes does not hold one example; this model needs at least ",
            error.Message
        );
    }

    [Fact]
    public void Count_all_weights()
    {
        foreach (TransformerConfig config in (TransformerConfig[])[Config, TinyModel.Gpt2Config()])
        {
            using Transformer model = TinyModel.Create(config);
            long weights = 8 * model.ParameterCount;

            long counted =
                MemoryBound.Of(InformationFlowRoutes.Name, 1, config, float64, 1, null).FixedBytes - 400_000_000;

            Assert.Equal(weights, counted);
        }
    }

    [Fact]
    public void Are_declared_for_every_method()
    {
        long least = MemoryBound.Of(RandomScores.Name, 5, Config, float32, 12, null).FixedBytes;

        foreach (string method in AttributionMethods.Names)
        {
            MemoryBound bound = MemoryBound.Of(method, 5, Config, float32, 12, Metrics.LogitDifference);

            Assert.True(bound.FixedBytes == least || bound.FixedBytes >= least + 120_000_000);
            Assert.Equal(method != RandomScores.Name, bound.BytesPerExample > 0);
        }
    }

    [Fact]
    public void Of_circuits_count_a_layers_maps_once_more_where_each_head_gets_its_own()
    {
        TransformerConfig neox = TinyModel.Config();
        TransformerConfig shared = neox with
        {
            Architecture = Architecture.Llama,
            ParallelBlocks = false,
            NKeyValueHeads = 1,
        };
        long map = 4L * neox.DHeads * neox.DModel;

        Assert.Equal(3 * map, Copies(neox));
        Assert.Equal(3 * map, Copies(shared with { NKeyValueHeads = null }));
        Assert.Equal(5 * map, Copies(shared));
        Assert.Equal(0, Copies(TinyModel.Gpt2Config()));
        Assert.Equal(4 * map, Copies(shared with { Architecture = Architecture.Olmo2, NKeyValueHeads = null }));

        static long Copies(TransformerConfig config) =>
            MemoryBound.OfCircuits(config, float32, 12).FixedBytes - 400_000_000 - 4 * config.ParameterCount;
    }

    [Fact]
    public void Of_exact_patching_grow_with_the_sources_and_with_what_the_metric_keeps()
    {
        long small = Exact(Config, Metrics.LogitDifference);

        Assert.True(Exact(Config with { NLayers = 8 }, Metrics.LogitDifference) > 2 * small);
        Assert.True(
            Exact(Config with { DVocab = 1000 }, Metrics.Kl())
                > 1.5 * Exact(Config with { DVocab = 1000 }, Metrics.LogitDifference)
        );

        static long Exact(TransformerConfig config, Metric metric) =>
            MemoryBound.Of(ExactPatching.Name, 5, config, float32, 12, metric).BytesPerExample;
    }

    [Fact]
    public void Grow_with_runs_positions_and_width_of_the_type()
    {
        long one = MemoryBound.OfGradients(Config, float32, 1, 12).BytesPerExample;

        Assert.True(MemoryBound.OfGradients(Config, float32, 5, 12).BytesPerExample > 3 * one);
        Assert.True(MemoryBound.OfGradients(Config, float32, 1, 24).BytesPerExample > 1.8 * one);
        Assert.Equal(2 * one, MemoryBound.OfGradients(Config, float64, 1, 12).BytesPerExample);
    }
}
