using TorchSharp.Modules;
using Xunit;
using static TorchSharp.torch;

namespace CircuitPipeline.TorchTests.EngineAssumptions;

/// <summary>Adapters are forward hooks on linear maps.</summary>
public sealed class ForwardHooks
{
    private readonly ReLU relu = nn.ReLU();
    private readonly Tensor x = tensor(new[] { -1.0, 2 });

    [Fact]
    public void See_input_and_output_and_replace_the_output()
    {
        (object? Module, object? Input, Tensor? Output) seen = default;
        relu.register_forward_hook(
            (module, input, output) =>
            {
                seen = (module, input, output);
                return output * 10;
            }
        );

        Elements.MustBe(relu.call(x), 0, 20);
        Assert.Same(relu, seen.Module);
        Assert.Same(x, seen.Input);
        Elements.MustBe(seen.Output!, 0, 2);
    }

    [Fact]
    public void Run_in_the_order_of_their_registration()
    {
        relu.register_forward_hook((_, _, output) => output + 1);
        relu.register_forward_hook((_, _, output) => output * 2);

        Elements.MustBe(relu.call(x), 2, 6);
    }

    // Odd: the newest runs first here. The house attaches one adapter at a time, so it never sees that.
    [Fact]
    public void Take_the_place_of_one_that_was_removed()
    {
        nn.HookableModule<
            Func<nn.Module<Tensor, Tensor>, Tensor, Tensor>,
            Func<nn.Module<Tensor, Tensor>, Tensor, Tensor, Tensor>
        >.HookRemover first = relu.register_forward_hook((_, _, output) => output);
        relu.register_forward_hook((_, _, output) => output * 2);
        first.remove();

        relu.register_forward_hook((_, _, output) => output + 1);

        Elements.MustBe(relu.call(x), 2, 6);
    }

    [Fact]
    public void Stop_when_removed()
    {
        nn.HookableModule<
            Func<nn.Module<Tensor, Tensor>, Tensor, Tensor>,
            Func<nn.Module<Tensor, Tensor>, Tensor, Tensor, Tensor>
        >.HookRemover hook = relu.register_forward_hook((_, _, output) => output + 100);

        hook.remove();
        hook.remove();

        Elements.MustBe(relu.call(x), 0, 2);
    }

    // By the difference the house finds an adapter that is not merged.
    [Fact]
    public void Do_not_run_for_forward_alone()
    {
        relu.register_forward_hook((_, _, output) => output + 1);

        Elements.MustBe(relu.forward(x), 0, 2);
    }

    // Only the adapter's matrices are trained, through all maps above them.
    [Fact]
    public void Let_gradients_through_to_input_and_to_what_they_add()
    {
        Tensor input = x.clone().requires_grad_();
        Tensor scale = tensor(new[] { 3.0, 4 }).requires_grad_();
        relu.register_forward_hook((_, read, output) => output + read * scale);

        relu.call(input).sum().backward();

        Elements.MustBe(input.grad!, 3, 5);
        Elements.MustBe(scale.grad!, -1, 2);
    }
}
