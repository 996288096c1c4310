using TorchSharp.Modules;
using Xunit;
using static TorchSharp.torch;

namespace CircuitPipeline.TorchTests.Engine;

public sealed class GradientClipping
{
    private static Parameter WithGradient(params double[] gradient)
    {
        Parameter parameter = nn.Parameter(zeros([gradient.Length], dtype: float64));
        parameter.grad = tensor(gradient);
        return parameter;
    }

    [Fact]
    public void Scales_all_gradients_to_the_common_norm()
    {
        Parameter[] parameters = [WithGradient(3, 0), WithGradient(4), nn.Parameter(ones(1))];

        double before = nn.utils.clip_grad_norm_(parameters, 1);

        Assert.Equal(5, before, 9);
        Elements.MustBe(parameters[0].grad!, 0.6, 0);
        Elements.MustBe(parameters[1].grad!, 0.8);
    }

    [Fact]
    public void Leaves_small_gradients_alone()
    {
        Parameter parameter = WithGradient(0.3, 0.4);

        Assert.Equal(0.5, nn.utils.clip_grad_norm_([parameter], 1), 9);

        Elements.MustBe(parameter.grad!, 1e-15, [0.3, 0.4]);
    }

    [Fact]
    public void Takes_other_norms()
    {
        Parameter parameter = WithGradient(1, -3);

        Assert.Equal(4, nn.utils.clip_grad_norm_([parameter], 2, norm_type: 1), 9);

        Elements.MustBe(parameter.grad!, 0.5, -1.5);
    }
}
