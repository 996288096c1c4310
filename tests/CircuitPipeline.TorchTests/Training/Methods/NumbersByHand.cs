using CircuitPipeline.Models;
using CircuitPipeline.Training.Methods;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace CircuitPipeline.TorchTests.Training.Methods;

/// <summary>What the papers' and PEFT's formulas give, worked out elsewhere.</summary>
public sealed class NumbersByHand : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    // d 64, ff 256, 6 layers: 1,024 numbers for each rank and layer.
    [Theory]
    [InlineData("lora", 24_576)]
    [InlineData("rslora", 24_576)]
    [InlineData("pissa", 24_576)]
    [InlineData("dora", 24_576 + 3_456)] // 6 · (192 + 64 + 256 + 64) lengths
    [InlineData("adalora", 36_864 + 144)] // rank 6 at 24 maps, with its E
    [InlineData("ia3", 2_688)] // 6 · (192 + 256)
    public void Of_trained_parameters_of_the_small_model(string method, long expected)
    {
        using MethodCase one = new(SmallNeoX());
        using TrainedAdapter adapter = one.Attach(AdapterMethods.Named(method)!, rank: 4);

        Assert.Equal(expected, adapter.TrainedParameters);
        Assert.Equal(expected, adapter.KeptParameters);
    }

    [Fact]
    public void Of_trained_parameters_where_ia3_is_at_all_maps()
    {
        using MethodCase one = new(SmallNeoX());
        using TrainedAdapter adapter = one.Attach(new Ia3(Ia3Modules.All));

        Assert.Equal(3_456, adapter.TrainedParameters); // 6 · (192 + 64 + 64 + 256)
    }

    [Fact]
    public void Of_all_parameters_where_the_model_itself_is_trained()
    {
        using MethodCase one = new();
        using TrainedAdapter adapter = one.Attach("full");

        Assert.Equal(one.Model.ParameterCount, adapter.TrainedParameters);
    }

    [Theory]
    [InlineData(10, 96)]
    [InlineData(11, 94)]
    [InlineData(25, 79)]
    [InlineData(50, 66)]
    [InlineData(55, 65)]
    [InlineData(79, 64)]
    [InlineData(80, 64)]
    [InlineData(81, 64)]
    [InlineData(1, 96)]
    public void Of_the_schedule_of_ranks(int step, int rows) =>
        Assert.Equal(rows, new RankSchedule(96, 64, 10, 20, 100, 1).At(step));

    [Fact]
    public void Of_the_schedule_at_every_fifth_step()
    {
        RankSchedule schedule = new(96, 64, 10, 20, 100, 5);
        int[] steps = [.. Enumerable.Range(1, 100).Where(schedule.Allocates)];

        Assert.Equal([.. Enumerable.Range(3, 14).Select(fifth => 5 * fifth)], steps);
        Assert.Equal([89, 84, 79, 75, 72, 69, 68, 66, 65, 64, 64, 64, 64, 64], steps.Select(schedule.At));
    }

    [Theory]
    [InlineData(12, 64, 10, 20, 100, "AdaLoRA starts with 12 rows over all maps and is to keep 64")]
    [InlineData(96, 64, 80, 20, 100, "AdaLoRA has 80 steps before it prunes and 20 after it, every 1 steps, of 100")]
    public void That_do_not_fit_are_refused(int first, int target, int warmup, int final, int steps, string message) =>
        Assert.StartsWith(
            message,
            Assert.Throws<ArgumentException>(() => new RankSchedule(first, target, warmup, final, steps, 1)).Message
        );

    [Fact]
    public void Of_a_smoothed_sensitivity()
    {
        using EntrySensitivity sensitivity = new([1], ScalarType.Float64, CPU);

        sensitivity.Add(tensor(new[] { 0.5 }), tensor(new[] { 0.2 }), 0.85, 0.85);
        double[] first = Values(sensitivity);
        sensitivity.Add(tensor(new[] { 0.4 }), tensor(new[] { -0.3 }), 0.85, 0.85);

        MustEqual([0.015, 0.01275, 0.00019125], first);
        MustEqual([0.03075, 0.024225, 0.00074491875], Values(sensitivity));
    }

    [Fact]
    public void Of_the_distance_from_orthogonal_rows()
    {
        Tensor rows = tensor(
            new double[,]
            {
                { 1, 0 },
                { 1, 1 },
            }
        );

        Assert.Equal(1.7320508076, AdaLoraAdapter.DistanceFromOne(rows.mm(rows.t())).item<double>(), 1e-9);
    }

    [Fact]
    public void Of_the_orthogonal_penalty_before_training()
    {
        using MethodCase one = new(SmallNeoX());
        using TrainedAdapter adapter = one.Attach(new AdaLora(new AdaLoraOptions { InitialRank = 12 }), rank: 8);

        // Rows of N(0, 0.02²) are short, so that each term is near √12, half of which is 1.73.
        Assert.InRange(adapter.Penalty()!.item<float>(), 1.55, 1.7320508);
    }

    [Theory]
    [InlineData("lora", 2)]
    [InlineData("rslora", 5.6568542495)] // alpha 16, rank 8
    public void Of_the_update_s_scale(string method, double scale)
    {
        using MethodCase one = new();
        using TrainedAdapter adapter = one.Attach(AdapterMethods.Named(method)!, rank: 8);
        using IDisposable frozen = no_grad();
        ModelLinear map = one.Model.LinearModules.First();
        Tensor input = ones(1, 8, float64);
        Tensor before = map.Module.call(input);
        foreach (TorchSharp.Modules.Parameter parameter in adapter.Linears[0].Parameters.Select(part => part.Value))
        {
            parameter.fill_(0.25);
        }

        // B A x = 8 · 0.25 · (8 · 0.25) = 4
        Assert.Equal(4 * scale, (map.Module.call(input) - before)[0, 0].item<double>(), 1e-8);
    }

    [Fact]
    public void Of_the_bound_of_a()
    {
        using MethodCase one = new(SmallNeoX());
        using TrainedAdapter adapter = one.Attach(AdapterMethods.Named("lora")!, rank: 32);

        Assert.InRange(((Tensor)adapter.Parameters.First()).abs().max().item<float>(), 0.124, 0.125); // 1 / √64
    }

    private static Transformer SmallNeoX()
    {
        using Generator random = new(1);
        return TransformerFactory.Create(
            TinyModel.Config(layers: 6) with
            {
                DModel = 64,
                DMlp = 256,
                NHeads = 4,
            },
            random
        );
    }

    private static double[] Values(EntrySensitivity one) =>
        [one.Mean.item<double>(), one.Uncertainty.item<double>(), one.Scores().item<double>()];

    private static void MustEqual(double[] expected, double[] found) =>
        Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
}
