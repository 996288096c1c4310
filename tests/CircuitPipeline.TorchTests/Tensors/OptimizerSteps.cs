using CircuitPipeline.Models.Checkpoints;
using CircuitPipeline.Tensors.Optimizers;
using Xunit;
using static TorchSharp.torch;
using Parameter = TorchSharp.Modules.Parameter;

namespace CircuitPipeline.TorchTests.TensorsRoom;

/// <summary>Our AdamW against TorchSharp's, and what it keeps.</summary>
public sealed class OptimizerSteps : IDisposable
{
    private static readonly (double, double) Betas = (0.9, 0.95);
    private readonly TorchSharp.DisposeScope _scope = NewDisposeScope();
    private readonly Generator _random = new(1);

    public void Dispose()
    {
        _random.Dispose();
        _scope.Dispose();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.1)]
    public void Equal_those_of_TorchSharp(double weightDecay)
    {
        Parameter[] ours = Parameters(float64);
        Parameter[] theirs = [.. ours.Select(Copy)];
        using AdamW optimizer = new([new(ours, weightDecay)], Betas);
        using TorchSharp.Modules.AdamW reference = optim.AdamW(
            theirs,
            0.01,
            Betas.Item1,
            Betas.Item2,
            weight_decay: weightDecay
        );

        for (int step = 0; step < 50; step++)
        {
            Tensor[] gradients = Gradients(ours);
            foreach ((Parameter parameter, Tensor gradient) in theirs.Zip(gradients))
            {
                parameter.grad = gradient.clone();
            }

            reference.step();
            optimizer.SetGradients(gradients);
            optimizer.Step(0.01);
        }

        foreach ((Parameter own, Parameter their) in ours.Zip(theirs))
        {
            Assert.InRange((own - their).abs().max().item<double>(), 0, 1e-12);
        }
    }

    [Fact]
    public void Take_each_group_at_its_own_rate()
    {
        Parameter[] ours = Parameters(float64);
        Parameter[] alone = [.. ours.Select(Copy)];
        using AdamW grouped = new([new(ours[..1], 0.1) { RateFactor = 3 }, new(ours[1..], 0.1)], Betas);
        using AdamW fast = new([new(alone[..1], 0.1)], Betas);
        using AdamW plain = new([new(alone[1..], 0.1)], Betas);

        for (int step = 0; step < 10; step++)
        {
            Tensor[] gradients = Gradients(ours);
            grouped.SetGradients(gradients);
            fast.SetGradients(gradients[..1]);
            plain.SetGradients(gradients[1..]);
            grouped.Step(0.01);
            fast.Step(0.03);
            plain.Step(0.01);
        }

        foreach ((Parameter own, Parameter other) in ours.Zip(alone))
        {
            Assert.InRange((own - other).abs().max().item<double>(), 0, 1e-15);
        }
    }

    [Fact]
    public void Decay_each_group_at_its_own_rate()
    {
        Parameter[] all = Parameters(float64);
        Tensor[] before = [.. all.Select(parameter => parameter.detach().clone())];
        using AdamW optimizer = new([new([all[0]], 0.5), new([all[1], all[2]], 0)], Betas);

        optimizer.SetGradients([.. all.Select(parameter => zeros_like(parameter))]);
        optimizer.Step(0.1);

        Assert.True(allclose(all[0], before[0] * 0.95, 1e-15, 0));
        Assert.True(all[1].Equals(before[1]));
    }

    [Fact]
    public void Give_the_common_norm_and_scale_what_was_set()
    {
        Parameter[] ours = Parameters(float64);
        Parameter[] others = [.. ours.Select(Copy)];
        Tensor[] gradients = Gradients(ours);
        using AdamW scaled = new([new([ours[0]], 0), new(ours[1..], 0)], Betas);
        using AdamW given = new([new(others, 0)], Betas);

        double norm = scaled.SetGradients(gradients);
        scaled.ScaleGradients(0.25);
        scaled.Step(0.1);
        given.SetGradients([.. gradients.Select(gradient => gradient * 0.25)]);
        given.Step(0.1);

        Assert.Equal(Math.Sqrt(gradients.Sum(gradient => (gradient * gradient).sum().item<double>())), norm, 1e-12);
        foreach ((Parameter one, Parameter other) in ours.Zip(others))
        {
            Assert.True(one.Equals(other));
        }
    }

    [Fact]
    public void Of_bfloat16_add_up_in_float32()
    {
        Parameter[] half = Parameters(bfloat16);
        Parameter[] single = [.. half.Select(parameter => new Parameter(parameter.detach().to(float32)))];
        using AdamW optimizer = new([new(half, 0.01)], Betas);
        using AdamW reference = new([new(single, 0.01)], Betas);

        // A rate so small that no single step changes a bfloat16.
        for (int step = 0; step < 200; step++)
        {
            Tensor[] gradients = [.. half.Select(parameter => ones_like(parameter))];
            optimizer.SetGradients(gradients);
            optimizer.Step(1e-4);
            reference.SetGradients(gradients);
            reference.Step(1e-4);
        }

        foreach ((Parameter rounded, Parameter exact) in half.Zip(single))
        {
            Assert.Equal(bfloat16, rounded.dtype);
            Assert.True(rounded.Equals(exact.to(bfloat16)));
        }
    }

    [Theory]
    [InlineData(ScalarType.Float64)]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.BFloat16)]
    public void Go_on_bit_for_bit_from_a_saved_state(ScalarType type)
    {
        using TemporaryFolder folder = new();
        Parameter[] whole = Parameters(type);
        using AdamW uninterrupted = new([new([whole[0]], 0.1), new(whole[1..], 0)], Betas);
        Tensor[][] gradients = [.. Enumerable.Range(0, 6).Select(_ => Gradients(whole))];
        foreach (Tensor[] step in gradients[..3])
        {
            Take(uninterrupted, step);
        }

        Safetensors.Write(folder.File("state"), uninterrupted.State());
        Parameter[] stopped = [.. whole.Select(Copy)];

        using AdamW resumed = new([new([stopped[0]], 0.1), new(stopped[1..], 0)], Betas);
        Dictionary<string, Tensor> state = [];
        Safetensors.Read(folder.File("state"), (name, tensor) => state.Add(name, tensor.MoveToOuterDisposeScope()));
        resumed.Restore(state);
        foreach (Tensor[] step in gradients[3..])
        {
            Take(uninterrupted, step);
            Take(resumed, step);
        }

        Assert.Equal(6, resumed.Steps);
        foreach ((Parameter one, Parameter other) in whole.Zip(stopped))
        {
            Assert.True(one.Equals(other));
        }
    }

    [Fact]
    public void Refuse_the_state_of_another_run()
    {
        using AdamW first = new([new(Parameters(float64), 0)], Betas);
        using AdamW second = new([new([Parameters(float64)[0]], 0)], Betas);
        Dictionary<string, Tensor> unknown = first.State();
        unknown["group.1.exp_avg"] = zeros(1);
        unknown["group.0.exp_avg"] = ones_like(unknown["group.0.exp_avg"]);

        Assert.Equal(
            "Expected the state's 'group.0.exp_avg' of shape [number=32], got [160].",
            Assert.Throws<ArgumentException>(() => second.Restore(first.State())).Message
        );
        Assert.Equal(
            "The optimizer's state lacks 'group.0.exp_avg' of type 'Float64'; it is of another run.",
            Assert.Throws<ArgumentException>(() => first.Restore(new Dictionary<string, Tensor>())).Message
        );
        Assert.Equal(
            "The optimizer's state has 'group.1.exp_avg', which has no place here; it is of another run.",
            Assert.Throws<ArgumentException>(() => first.Restore(unknown)).Message
        );
        Assert.Equal(0, first.State()["group.0.exp_avg"].sum().item<double>());
    }

    [Fact]
    public void Refuse_gradients_that_do_not_fit()
    {
        Parameter[] all = Parameters(float64);
        using AdamW optimizer = new([new(all, 0)], Betas);
        Tensor[] gradients = Gradients(all);

        Assert.Equal(
            "There are 2 gradients, but the optimizer has 3 parameters.",
            Assert.Throws<ArgumentException>(() => optimizer.SetGradients(gradients[..2])).Message
        );
        Assert.Equal(
            "Gradient 1 has shape [1], but its parameter has [3, 5].",
            Assert.Throws<ArgumentException>(() => optimizer.SetGradients([ones(1), .. gradients[1..]])).Message
        );
    }

    [Fact]
    public void Refuse_groups_that_are_empty_mixed_or_double()
    {
        Parameter[] all = Parameters(float64);

        Assert.Equal(
            "A group has no parameters, but at least one is needed.",
            Assert.Throws<ArgumentException>(() => new AdamW([new([], 0)], Betas)).Message
        );
        Assert.Equal(
            "A parameter comes twice, but it can take one step at a time.",
            Assert.Throws<ArgumentException>(() => new AdamW([new(all, 0), new([all[1]], 0)], Betas)).Message
        );
        Assert.Equal(
            "A group has parameters of 'Float64' on 'cpu' and of 'Float32' on 'cpu', but must have one kind.",
            Assert.Throws<ArgumentException>(() => new AdamW([new([all[0], Parameters(float32)[0]], 0)], Betas)).Message
        );
    }

    [Fact]
    public void Leave_the_parameters_whole_when_the_optimizer_is_gone()
    {
        Parameter[] all = Parameters(float32);
        float[][] before = [.. all.Select(parameter => parameter.detach().clone().data<float>().ToArray())];

        new AdamW([new(all, 0)], Betas).Dispose();

        Assert.Equal(before, all.Select(parameter => parameter.detach().data<float>().ToArray()));
        Assert.All(all, parameter => Assert.True(parameter.requires_grad && parameter.is_leaf));
    }

    private static void Take(AdamW optimizer, Tensor[] gradients)
    {
        optimizer.SetGradients(gradients);
        optimizer.Step(0.01);
    }

    // Sizes that are no multiples of anything.
    private Parameter[] Parameters(ScalarType type) =>
        [
            .. new long[][] { [3, 5], [7], [2, 3, 11] }.Select(shape => new Parameter(
                randn(shape, dtype: float64, generator: _random).to(type)
            )),
        ];

    private Tensor[] Gradients(Parameter[] parameters) =>
        [
            .. parameters.Select(parameter =>
                randn(parameter.shape, dtype: float64, generator: _random).to(parameter.dtype)
            ),
        ];

    private static Parameter Copy(Parameter parameter) => new(parameter.detach().clone());
}
