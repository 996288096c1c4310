using CircuitPipeline.Models;
using CircuitPipeline.Models.Layers;
using CircuitPipeline.Training.Adapters;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;
using Parameter = TorchSharp.Modules.Parameter;

namespace CircuitPipeline.TorchTests.Training.Adapters;

/// <summary>Numbers worked out on paper.</summary>
public sealed class FormulasByHand : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly IDisposable _frozen = no_grad();

    public void Dispose()
    {
        _frozen.Dispose();
        _scope.Dispose();
    }

    [Fact]
    public void Of_LoRA()
    {
        using LinearMap map = Map(bias: [10, 20]);

        // V = [[3, 4], [0, 2]] + 2 [1, 2]ᵀ [0.5, -1] = [[4, 2], [2, -2]]
        MustBe(new LoraLinear(At(map), A(), B(), 2), map, [4, 2, 2, -2], [10, 20]);
    }

    [Fact]
    public void Of_DoRA_whose_bias_stays_outside()
    {
        using LinearMap map = Map(bias: [10, 20]);

        // The rows of V have the lengths √20 and √8; m = (5, 2).
        double[] expected = [4.4721359550, 2.2360679775, 1.4142135624, -1.4142135624];
        MustBe(new DoraLinear(At(map), A(), B(), 2, Vector(5, 2)), map, expected, [10, 20]);
    }

    [Fact]
    public void Of_DoRA_without_a_bias()
    {
        using LinearMap map = Map(bias: null);

        double[] expected = [4.4721359550, 2.2360679775, 1.4142135624, -1.4142135624];
        MustBe(new DoraLinear(At(map), A(), B(), 2, Vector(5, 2)), map, expected, null);
    }

    [Fact]
    public void Of_AdaLoRA()
    {
        using LinearMap map = Map(bias: [10, 20]);

        // E = -2 turns the update into [[3, 4], [0, 2]] + [1, 2]ᵀ [-1, 2] = [[2, 6], [-2, 6]]
        MustBe(new AdaLoraLinear(At(map), A(), B(), Vector(-2).view(1, 1), 1), map, [2, 6, -2, 6], [10, 20]);
    }

    [Fact]
    public void Of_AdaLoRA_with_no_row_left_change_nothing()
    {
        using LinearMap map = Map(bias: [10, 20]);

        MustBe(
            new AdaLoraLinear(At(map), zeros(0, 2, float64), zeros(2, 0, float64), zeros(0, 1, float64), 1),
            map,
            [3, 4, 0, 2],
            [10, 20]
        );
    }

    [Fact]
    public void Of_IA3_scale_what_is_written_with_its_bias()
    {
        using LinearMap map = Map(bias: [10, 20]);

        MustBe(new Ia3Linear(At(map), Vector(2, -1).view(2, 1), scalesInput: false), map, [6, 8, 0, -2], [20, -20]);
    }

    [Fact]
    public void Of_IA3_scale_what_is_read_without_the_bias()
    {
        using LinearMap map = Map(bias: [10, 20]);

        MustBe(new Ia3Linear(At(map), Vector(2, -1).view(1, 2), scalesInput: true), map, [6, -4, 0, -2], [10, 20]);
    }

    // x = (1, 0) and (0, 1) read the columns of the weight.
    private static void MustBe(AdapterLinear adapter, LinearMap map, double[] weight, double[]? bias)
    {
        double[] b = bias ?? [0, 0];
        double[] outputs = [weight[0] + b[0], weight[2] + b[1], weight[1] + b[0], weight[3] + b[1]];
        Tensor inputs = eye(2, dtype: float64).unsqueeze(0);
        double[] own = Values(map.call(inputs));
        using (adapter)
        {
            adapter.Attach();
            MustEqual(outputs, Values(map.call(inputs)));
            Assert.True(adapter.Merge());
        }

        MustEqual(weight, Values(map.weight));
        Assert.Equal(bias, map.bias is null ? null : Values(map.bias));
        MustEqual(outputs, Values(map.call(inputs)));
        Assert.NotEmpty(own);
    }

    private static void MustEqual(double[] expected, double[] found) =>
        Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First, pair.Second, 1e-9));

    private static ModelLinear At(LinearMap map) => new(0, "map", map, "blocks");

    private static LinearMap Map(double[]? bias) =>
        new(
            new Parameter(
                tensor(
                    new double[,]
                    {
                        { 3, 4 },
                        { 0, 2 },
                    }
                ),
                requires_grad: false
            ),
            bias is null ? null : new Parameter(tensor(bias), requires_grad: false)
        );

    private static Tensor A() =>
        tensor(
            new[,]
            {
                { 0.5, -1 },
            }
        );

    private static Tensor B() =>
        tensor(
            new double[,]
            {
                { 1 },
                { 2 },
            }
        );

    private static Tensor Vector(params double[] values) => tensor(values);

    private static double[] Values(Tensor tensor) => tensor.contiguous().data<double>().ToArray();
}
