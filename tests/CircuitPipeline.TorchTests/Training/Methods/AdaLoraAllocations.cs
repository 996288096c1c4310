using CircuitPipeline.Circuits.Adapters;
using CircuitPipeline.Models;
using CircuitPipeline.Models.Checkpoints;
using CircuitPipeline.Training.Adapters;
using CircuitPipeline.Training.Methods;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace CircuitPipeline.TorchTests.Training.Methods;

public sealed class AdaLoraAllocations : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly MethodCase _case = new();

    public void Dispose()
    {
        _case.Dispose();
        _scope.Dispose();
    }

    [Theory]
    [InlineData(0, 0, 1)]
    [InlineData(2, 4, 1)]
    [InlineData(2, 4, 3)]
    public void Keep_exactly_what_the_schedule_says_at_every_step(int warmup, int final, int interval)
    {
        AdaLoraOptions options = new()
        {
            InitialRank = 3,
            WarmupSteps = warmup,
            FinalSteps = final,
            Interval = interval,
        };
        using AdaLoraAdapter adapter = (AdaLoraAdapter)_case.Attach(new AdaLora(options));
        RankSchedule schedule = new(24, 16, warmup, final, 20, interval);
        int expected = 24;

        _case.Train(
            adapter,
            progress =>
            {
                expected = schedule.Allocates(progress.Step) ? schedule.At(progress.Step) : expected;
                Assert.Equal(expected, adapter.Kept.Sum(rows => rows.Count(isKept => isKept)));
                if (schedule.Allocates(progress.Step) || progress.Step > 20 - final)
                {
                    Assert.Equal(adapter.Kept.SelectMany(rows => rows), Rows(adapter).Select(e => e != 0));
                }
            }
        );

        Assert.Equal(16, adapter.Kept.Sum(rows => rows.Count(isKept => isKept)));
    }

    [Fact]
    public void Let_a_pruned_row_come_back_until_the_last_phase()
    {
        AdaLoraOptions options = new()
        {
            InitialRank = 3,
            WarmupSteps = 0,
            FinalSteps = 10,
        };
        using MethodCase one = new() { Steps = 60 };
        using AdaLoraAdapter adapter = (AdaLoraAdapter)one.Attach(new AdaLora(options));
        List<bool[]> masks = [];

        one.Train(adapter, _ => masks.Add([.. adapter.Kept.SelectMany(rows => rows)]));

        Assert.Contains(
            masks.Zip(masks.Skip(1)),
            pair => pair.First.Zip(pair.Second).Any(row => !row.First && row.Second)
        );
        Assert.All(masks[50..], mask => Assert.Equal(masks[49], mask));
    }

    [Theory]
    [InlineData(3, new[] { true, true, true, false, false })]
    [InlineData(0, new[] { false, false, false, false, false })]
    [InlineData(5, new[] { true, true, true, true, true })]
    public void Of_equal_scores_keep_the_first(int kept, bool[] expected) =>
        Assert.Equal(expected, RankSchedule.Kept([0, 0, 0, 0, 0], kept));

    [Fact]
    public void Keep_the_highest_scores() =>
        Assert.Equal([false, true, false, true, true], RankSchedule.Kept([1, 3, 1, 2, 4], 3));

    [Fact]
    public void Give_the_rows_to_the_map_that_matters()
    {
        // What the heads of the second layer read never reaches the loss.
        using MethodCase one = new() { Steps = 40 };
        ModelLinear[] maps = [.. one.Model.LinearModules.Where(map => map.Layer == 1)];
        using (no_grad())
        {
            maps.Single(map => map.Name == "attention.dense").Module.weight.zero_();
        }

        AdaLoraOptions options = new() { InitialRank = 4, OrthogonalWeight = 0 };
        using AdaLoraAdapter adapter = (AdaLoraAdapter)
            one.Attach(
                new AdaLora(options),
                linear => linear is { Layer: 1, Name: "attention.query_key_value" or "mlp.dense_4h_to_h" } ? 2 : 0
            );

        one.Train(adapter);

        Assert.Equal(
            ["attention.query_key_value", "mlp.dense_4h_to_h"],
            adapter.Linears.Select(one => one.Linear.Name)
        );
        Assert.Equal([0, 4], adapter.Kept.Select(rows => rows.Count(isKept => isKept)));
    }

    [Fact]
    public void Count_what_is_trained_and_what_is_kept()
    {
        using AdaLoraAdapter adapter = (AdaLoraAdapter)
            _case.Attach(new AdaLora(new AdaLoraOptions { InitialRank = 3 }), rank: 1);

        _case.Train(adapter);

        // in + out + 1 of the four maps of both layers, three rows each.
        Assert.Equal(3 * 2 * (33 + 17 + 25 + 25), adapter.TrainedParameters);
        long[] widths = [33, 17, 25, 25, 33, 17, 25, 25];
        Assert.Equal(
            widths.Zip(adapter.Kept, (width, rows) => width * rows.Count(isKept => isKept)).Sum(),
            adapter.KeptParameters
        );
        Assert.InRange(adapter.KeptParameters, 8 * 17, 8 * 33);
    }

    [Fact]
    public void Are_saved_cut_down_with_their_masks()
    {
        using TemporaryFolder folder = new();
        using AdaLoraAdapter adapter = (AdaLoraAdapter)
            _case.Attach(new AdaLora(new AdaLoraOptions { InitialRank = 3 }), rank: 1);
        _case.Train(adapter);

        adapter.Save(folder.Path, "base");

        PeftFolder saved = PeftFolder.Open(folder.Path);
        Assert.Equal(AdapterMethod.AdaLora, saved.Config.Method);
        Assert.Equal(
            adapter.Kept,
            saved.ModulesOf(_case.Model.Config).Select(module => module.Kept.ToArray()).ToArray()
        );
        Assert.Equal(
            adapter.Kept.Select(rows => (long)rows.Count(isKept => isKept)),
            Safetensors
                .Entries(saved.WeightsPath)
                .Where(entry => entry.Name.EndsWith(".lora_E", StringComparison.Ordinal))
                .ToDictionary(entry => entry.Name)
                .Join(
                    _case.Model.LinearModules.Select(map => $"base_model.model.{map.Path}.lora_E").Index(),
                    entry => entry.Key,
                    map => map.Item,
                    (entry, map) => (map.Index, Rows: entry.Value.Shape[0])
                )
                .OrderBy(row => row.Index)
                .Select(row => row.Rows)
        );
    }

    [Fact]
    public void Do_not_come_back_beside_a_model_of_bfloat16()
    {
        using MethodCase one = new(FilledModel.Create().to(bfloat16));
        using AdaLoraAdapter adapter = (AdaLoraAdapter)
            one.Attach(new AdaLora(new AdaLoraOptions { InitialRank = 3, FinalSteps = 5 }), rank: 1);

        one.Train(adapter);

        Assert.All(adapter.Parameters, parameter => Assert.Equal(float32, parameter.dtype));
        Assert.Equal(
            adapter.Kept.SelectMany(rows => rows),
            adapter
                .Linears.SelectMany(linear => linear.Parameters[2].Value.data<float>().ToArray())
                .Select(value => value != 0)
        );
    }

    private static IEnumerable<double> Rows(AdaLoraAdapter adapter) =>
        adapter.Linears.SelectMany(linear => linear.Parameters[2].Value.data<double>().ToArray());
}
