using System.Runtime.InteropServices;
using Xunit;
using static TorchSharp.torch;

namespace CircuitPipeline.TorchTests.Engine;

public sealed class AutogradGrad
{
    private readonly Tensor x = tensor(new[] { 1.0, 2 }).requires_grad_();
    private readonly Tensor y = tensor(new[] { 3.0, 4 }).requires_grad_();

    [Fact]
    public void Gives_one_gradient_per_input_and_stores_none()
    {
        IList<Tensor> gradients = autograd.grad([(x * y).sum()], [x, y]);

        Elements.MustBe(gradients[0], 3, 4);
        Elements.MustBe(gradients[1], 1, 2);
        Assert.Null(x.grad);
    }

    [Fact]
    public void Weighs_the_outputs_by_their_own_gradients()
    {
        Tensor product = x * y;

        Elements.MustBe(autograd.grad([product], [x], [tensor(new[] { 1.0, 10 })])[0], 3, 40);
    }

    [Fact]
    public void Reaches_inner_tensors()
    {
        Tensor inner = x * 2;

        Elements.MustBe(autograd.grad([inner.pow(2).sum()], [inner])[0], 4, 8);
    }

    [Fact]
    public void Frees_the_graph_unless_it_is_retained()
    {
        Tensor loss = (x * y).sum();

        autograd.grad([loss], [x], retain_graph: true);
        autograd.grad([loss], [x]);

        Assert.Throws<ExternalException>(() => autograd.grad([loss], [x]));
    }

    [Fact]
    public void Can_be_differentiated_again()
    {
        Tensor first = autograd.grad([x.pow(3).sum()], [x], create_graph: true)[0];

        Elements.MustBe(first, 3, 12);
        Elements.MustBe(autograd.grad([first.sum()], [x])[0], 6, 12);
    }

    [Fact]
    public void Refuses_inputs_that_are_not_used_unless_allowed()
    {
        Assert.Throws<ExternalException>(() => autograd.grad([x.sum()], [x, y]));

        IList<Tensor> gradients = autograd.grad([x.sum()], [x, y], allow_unused: true);

        Elements.MustBe(gradients[0], 1, 1);
        Assert.True(gradients[1].IsInvalid);
    }

    [Fact]
    public void Refuses_outputs_without_a_graph() =>
        Assert.Throws<ExternalException>(() => autograd.grad([ones(1)], [x]));

    [Fact]
    public void Backward_adds_up_in_the_leaves()
    {
        (x * y).sum().backward();
        (x * y).sum().backward();

        Elements.MustBe(x.grad!, 6, 8);
    }

    [Fact]
    public void Backward_keeps_inner_gradients_where_asked()
    {
        Tensor inner = x * 2;
        inner.retain_grad();

        inner.sum().backward();

        Elements.MustBe(inner.grad!, 1, 1);
        Assert.False(inner.is_leaf);
        Assert.True(x.is_leaf);
    }

    [Fact]
    public void Backward_takes_gradients_and_inputs()
    {
        Tensor product = x * y;

        product.backward([tensor(new[] { 1.0, 2 })], retain_graph: true, inputs: [x]);
        autograd.backward([product.sum()], inputs: [y]);

        Elements.MustBe(x.grad!, 3, 8);
        Elements.MustBe(y.grad!, 1, 2);
        Assert.Throws<ExternalException>(() => product.sum().backward());
    }

    [Fact]
    public void Gradients_can_be_set_and_dropped()
    {
        x.grad = tensor(new[] { 5.0, 6 });
        Elements.MustBe(x.grad!, 5, 6);

        x.grad = null;

        Assert.Null(x.grad);
    }

    [Fact]
    public void Detached_tensors_share_memory_but_no_graph()
    {
        Tensor detached = x.detach();

        detached.mul_(10);

        Assert.False(detached.requires_grad);
        Elements.MustBe(x, 10, 20);
        Assert.False(ones(1).with_requires_grad(false).requires_grad);
    }
}
