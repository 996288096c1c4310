using TorchSharp.Modules;
using Xunit;
using static TorchSharp.torch;

namespace CircuitPipeline.TorchTests.Engine;

public sealed class Hooks
{
    private sealed class Weighted() : nn.Module<Tensor, Tensor, Tensor>(nameof(Weighted))
    {
        public override Tensor forward(Tensor input1, Tensor input2) => input1 * input2;
    }

    private readonly ReLU relu = nn.ReLU();
    private readonly Tensor x = tensor(new[] { -1.0, 2 });

    [Fact]
    public void Before_a_call_replace_its_input()
    {
        relu.register_forward_pre_hook((_, input) => -input);

        Elements.MustBe(relu.call(x), 1, 0);
    }

    [Fact]
    public void After_a_call_see_and_replace_its_output()
    {
        Tensor? seen = null;
        relu.register_forward_hook(
            (module, input, output) =>
            {
                Assert.Same(relu, module);
                Assert.Same(x, input);
                seen = output;
                return output * 10;
            }
        );

        Elements.MustBe(relu.call(x), 0, 20);
        Elements.MustBe(seen!, 0, 2);
    }

    [Fact]
    public void Run_in_the_order_of_their_registration()
    {
        relu.register_forward_hook((_, _, output) => output + 1);
        relu.register_forward_hook((_, _, output) => output * 2);

        Elements.MustBe(relu.call(x), 2, 6);
    }

    [Fact]
    public void Stop_when_removed()
    {
        var before = relu.register_forward_pre_hook((_, input) => input + 5);
        var after = relu.register_forward_hook((_, _, output) => output + 100);

        before.remove();
        after.remove();

        Elements.MustBe(relu.call(x), 0, 2);
    }

    [Fact]
    public void Do_not_run_for_forward_alone()
    {
        relu.register_forward_hook((_, _, output) => output + 1);

        Elements.MustBe(relu.forward(x), 0, 2);
    }

    [Fact]
    public void Work_on_modules_of_two_inputs()
    {
        using Weighted weighted = new();
        weighted.register_forward_pre_hook((_, first, second) => (first + 1, second));
        weighted.register_forward_hook((_, _, second, output) => output + second);

        Elements.MustBe(weighted.call(x, tensor(2.0)), 2, 8);
    }

    [Fact]
    public void Let_the_gradient_through()
    {
        Tensor input = x.clone().requires_grad_();
        relu.register_forward_hook((_, _, output) => output * 3);

        relu.call(input).sum().backward();

        Elements.MustBe(input.grad!, 0, 3);
    }
}
