using CircuitPipeline.Models;
using CircuitPipeline.Training.Adapters;
using CircuitPipeline.Training.Methods;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;
using Parameter = TorchSharp.Modules.Parameter;

namespace CircuitPipeline.TorchTests.Training.Methods;

public sealed class PissaStarts : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly IDisposable _frozen = no_grad();
    private readonly MethodCase _case = new();

    public void Dispose()
    {
        _case.Dispose();
        _frozen.Dispose();
        _scope.Dispose();
    }

    [Fact]
    public void Take_the_largest_singular_values_out_of_the_weight()
    {
        ModelLinear[] maps = [.. _case.Model.LinearModules];
        double[][] before = [.. maps.Select(SingularValues)];

        using TrainedAdapter adapter = _case.Attach("pissa");

        foreach ((double[] whole, ModelLinear map) in before.Zip(maps))
        {
            double[] rest = SingularValues(map);
            Assert.All(whole[2..].Zip(rest), pair => Assert.Equal(pair.First, pair.Second, 1e-10));
            Assert.All(rest[^2..], value => Assert.Equal(0, value, 1e-10));
        }
    }

    [Fact]
    public void Hold_them_half_in_each_matrix()
    {
        double[] values = SingularValues(_case.Model.LinearModules.First());

        using TrainedAdapter adapter = _case.Attach("pissa");

        // s A's row and B's column have the length √(S / s) each.
        (Parameter a, Parameter b) = (adapter.Linears[0].Parameters[0].Value, adapter.Linears[0].Parameters[1].Value);
        for (int row = 0; row < 2; row++)
        {
            Assert.Equal(values[row] / 2, (a[row] * a[row]).sum().item<double>(), 1e-10);
            Assert.Equal(values[row] / 2, (b[.., row] * b[.., row]).sum().item<double>(), 1e-10);
        }
    }

    [Fact]
    public void Compute_as_before_in_float32_and_make_every_weight_smaller()
    {
        using MethodCase one = new(FilledModel.Create().to(float32));
        Tensor tokens = TinyModel.Tokens(1, 2, 3, 4);
        Tensor before = one.Model.forward(tokens);
        double[] norms = [.. one.Model.LinearModules.Select(map => map.Module.weight.norm().item<float>())];

        using TrainedAdapter adapter = one.Attach("pissa");

        Assert.True(one.Model.forward(tokens).allclose(before, 1e-5, 1e-6));
        Assert.All(
            one.Model.LinearModules.Zip(norms),
            pair => Assert.True(pair.First.Module.weight.norm().item<float>() < pair.Second)
        );
    }

    [Fact]
    public void Of_more_rows_than_a_weight_has_take_all_of_it()
    {
        using TrainedAdapter adapter = _case.Attach(new Pissa(), rank: 9);

        Assert.All(
            _case.Model.LinearModules,
            map => Assert.Equal(0, map.Module.weight.abs().max().item<double>(), 1e-12)
        );
    }

    [Fact]
    public void Are_saved_with_twice_the_rank()
    {
        using TemporaryFolder folder = new();
        using TrainedAdapter adapter = _case.Attach("pissa");

        adapter.Save(folder.Path, "base");

        PeftFolder saved = PeftFolder.Open(folder.Path);
        Assert.Equal((4, 8.0), (saved.Config.Rank, saved.Config.Alpha));
        Assert.Equal("LoRA", saved.Config.MethodName);
    }

    private static double[] SingularValues(ModelLinear map) =>
        linalg.svdvals(map.Module.weight.detach()).data<double>().ToArray();
}
