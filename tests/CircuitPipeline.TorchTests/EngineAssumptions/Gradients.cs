using System.Runtime.InteropServices;
using TorchSharp.Modules;
using Xunit;
using static TorchSharp.torch;

namespace CircuitPipeline.TorchTests.EngineAssumptions;

/// <summary>
/// Attribution asks <c>autograd.grad</c> for gradients at activations; training calls <c>backward</c>. What
/// <c>autograd.grad</c> refuses ends the process (<see cref="FatalCalls"/>); <c>backward</c> throws.
/// </summary>
public sealed class Gradients
{
    private readonly Tensor x = tensor(new[] { 1.0, 2 }).requires_grad_();
    private readonly Tensor y = tensor(new[] { 3.0, 4 }).requires_grad_();

    [Fact]
    public void Come_one_per_tensor_asked_for_and_are_stored_nowhere()
    {
        IList<Tensor> gradients = autograd.grad([(x * y).sum()], [y, x]);

        Elements.MustBe(gradients[0], 1, 2);
        Elements.MustBe(gradients[1], 3, 4);
        Assert.Null(x.grad);
    }

    // Activations are views: queries, keys and values are parts of one tensor.
    [Fact]
    public void Reach_activations_and_parts_of_them()
    {
        Tensor inner = x * 2;
        Tensor[] parts = inner.chunk(2);

        IList<Tensor> gradients = autograd.grad([(parts[0] * parts[1]).sum()], [parts[0], parts[1], inner]);

        Elements.MustBe(gradients[0], 4);
        Elements.MustBe(gradients[1], 2);
        Elements.MustBe(gradients[2], 4, 2);
    }

    // Attribution switches recording on inside the no_grad of its caller, and reads the gradients outside of it.
    [Fact]
    public void Can_be_taken_inside_no_grad_of_what_was_recorded()
    {
        using IDisposable frozen = no_grad();
        Tensor loss;
        using (enable_grad())
        {
            loss = (x * y).sum();
        }

        Tensor gradient = autograd.grad([loss], [x])[0];

        Elements.MustBe(gradient, 3, 4);
        Assert.False(gradient.requires_grad);
        Assert.False((x * y).requires_grad);
    }

    // The embeddings of a path's points, which nothing made that records, become the leaves of a pass.
    [Fact]
    public void Can_be_asked_of_a_view_of_numbers_once_it_requires_them()
    {
        Tensor rows = ones(2, 2).flatten(0, 1);

        Assert.Same(rows, rows.requires_grad_());
        Assert.True(rows.is_leaf);
        Elements.MustBe(autograd.grad([(rows * 3).sum()], [rows])[0], 3, 3, 3, 3);
    }

    [Fact]
    public void Add_up_in_the_leaves_until_they_are_dropped()
    {
        Assert.Null(x.grad);
        (x * y).sum().backward();
        (x * y).sum().backward();
        Elements.MustBe(x.grad!, 6, 8);

        x.grad = null;

        Assert.Null(x.grad);
    }

    // An optimizer can lay parameters and gradients side by side in flat buffers.
    [Fact]
    public void Are_added_into_the_tensor_that_was_set()
    {
        Tensor values = ones([4], dtype: float64);
        Tensor gradients = zeros([4], dtype: float64);
        using Parameter part = nn.Parameter(values.narrow(0, 1, 2));
        part.grad = gradients.narrow(0, 1, 2);

        (part * x.detach()).sum().backward();
        (part * x.detach()).sum().backward();
        values.add_(1);

        Assert.True(part.is_leaf && part.requires_grad);
        Elements.MustBe(gradients, 0, 2, 4, 0);
        Elements.MustBe(part, 2, 2);
    }

    // Training freezes all parameters but some.
    [Fact]
    public void Are_not_computed_for_parameters_that_do_not_require_them()
    {
        using Parameter frozen = nn.Parameter(ones(2));
        frozen.requires_grad = false;

        (x * frozen).sum().backward();
        Assert.Null(frozen.grad);

        frozen.requires_grad = true;
        (x.detach() * frozen).sum().backward();
        Elements.MustBe(frozen.grad!, 1, 2);
    }

    [Fact]
    public void That_backward_cannot_give_are_an_error()
    {
        Tensor loss = (x * y).sum();
        loss.backward();

        Assert.Throws<ExternalException>(() => loss.backward());
        Assert.Throws<ExternalException>(() => (x * y).backward());
        Assert.Throws<ExternalException>(() => ones(1).backward());
    }
}
