using TorchSharp;
using TorchSharp.Modules;
using Xunit;
using static TorchSharp.torch;

namespace CircuitPipeline.TorchTests.EngineAssumptions;

/// <summary>Every training step, batch and pass of the house runs in one scope and moves out what it returns.</summary>
public sealed class DisposeScopes
{
    /// <summary>Ways in which the house gets tensors that it does not dispose itself.</summary>
    public static TheoryData<string, Func<Parameter, IEnumerable<Tensor>>> Origins =>
        new()
        {
            { "operator", x => [x * x] },
            { "without gradients", WithoutGradients },
            { "chunk", x => x.chunk(2) },
            { "unbind", x => x.unbind() },
            { "conversion to itself", x => [x.to(float32), x.cpu(), x.contiguous(), x.detach()] },
            { "autograd.grad", x => autograd.grad([x.sum()], [x]) },
            { "grad", Gradient },
            { "forward hook", Hooked },
            { "weight of an embedding", _ => [nn.Embedding(2, 2).weight!] },
        };

    [Theory]
    [MemberData(nameof(Origins))]
    public void Dispose_what_was_made_inside(string origin, Func<Parameter, IEnumerable<Tensor>> make)
    {
        using Parameter x = nn.Parameter(ones(2, 2));
        Tensor[] made;
        using (NewDisposeScope())
        {
            made = [.. make(x)];
        }

        Assert.All(made, tensor => Assert.True(tensor.IsInvalid, origin));
        Assert.Throws<InvalidOperationException>(() => made[0].numel());
        Elements.MustBe(x, 1, 1, 1, 1);
    }

    [Fact]
    public void Hand_results_to_the_outer_scope()
    {
        Tensor moved;
        using (DisposeScope outer = NewDisposeScope())
        {
            using (NewDisposeScope())
            {
                moved = (ones(2) * 3).MoveToOuterDisposeScope();
            }

            Assert.Same(moved, Assert.Single(outer.DisposablesView));
        }

        Assert.True(moved.IsInvalid);
    }

    // Training rows and adapters live as long as their owner.
    [Fact]
    public void Forget_detached_tensors()
    {
        Tensor detached;
        using (NewDisposeScope())
        using (NewDisposeScope())
        {
            detached = ones(2).DetachFromDisposeScope();
        }

        Elements.MustBe(detached, 1, 1);
    }

    // Rotary tables, logits and gradients leave a scope as views of what stays behind.
    [Fact]
    public void Leave_the_memory_of_views_that_move_out()
    {
        Tensor view;
        using (NewDisposeScope())
        {
            view = arange(6).view(2, 3).select(0, 1).MoveToOuterDisposeScope();
        }

        Elements.MustBe(view, 3, 4, 5);
    }

    // Gradients of a layer are yielded from a scope that stays open until the next layer.
    [Fact]
    public void That_an_iterator_keeps_open_take_what_its_reader_makes()
    {
        List<Tensor> made = [];
        foreach (Tensor part in Parts())
        {
            made.Add(part * 2);
        }

        Assert.All(made, tensor => Assert.True(tensor.IsInvalid));
        Assert.Null(CurrentDisposeScope);

        static IEnumerable<Tensor> Parts()
        {
            for (int i = 0; i < 2; i++)
            {
                using DisposeScope scope = NewDisposeScope();
                yield return ones(i + 1);
            }
        }
    }

    // The same iterator is closed late when its reader fails.
    [Fact]
    public void Close_out_of_order()
    {
        DisposeScope outer = NewDisposeScope();
        DisposeScope inner = NewDisposeScope();

        outer.Dispose();
        Tensor made = ones(2);

        Assert.Same(inner, CurrentDisposeScope);
        inner.Dispose();
        Assert.True(made.IsInvalid);
        Assert.Null(CurrentDisposeScope);
    }

    // Several experiments run side by side in one process.
    [Fact]
    public void Belong_to_their_thread()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor? elsewhere = null;

        Thread other = new(() => elsewhere = CurrentDisposeScope is null ? ones(2) : null);
        other.Start();
        other.Join();

        Assert.NotNull(elsewhere);
        Assert.Equal(0, scope.DisposablesCount);
    }

    // Adapters detach the parameters themselves: nothing else would hold the data.
    [Fact]
    public void Hold_a_parameter_in_the_place_of_its_data()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor data = ones(2);

        Parameter parameter = nn.Parameter(data);

        Assert.True(data.IsInvalid);
        Assert.Same(parameter, Assert.Single(scope.DisposablesView));
    }

    [Fact]
    public void Spare_the_parameters_of_linear_maps_and_norms_that_are_made_inside()
    {
        using DisposeScope scope = NewDisposeScope();

        using Linear linear = nn.Linear(nn.Parameter(ones(2, 2)), nn.Parameter(ones(2)));
        using LayerNorm norm = nn.LayerNorm(2, dtype: float64, device: CPU);

        Assert.Equal(0, scope.DisposablesCount);
    }

    // Odd: it computes on, but its weight is no longer listed, saved or trained; the house detaches what it lists.
    [Fact]
    public void Take_the_registered_parameter_of_an_embedding_that_is_made_inside()
    {
        Embedding bare;
        Embedding detached;
        using (NewDisposeScope())
        {
            bare = nn.Embedding(2, 2, dtype: float64, device: CPU);
            detached = nn.Embedding(2, 2, dtype: float64, device: CPU);
            foreach (Parameter parameter in detached.parameters())
            {
                parameter.DetachFromDisposeScope();
            }
        }

        Assert.Empty(bare.named_parameters());
        Assert.Equal([1, 2], bare.call(zeros([1], dtype: int64)).shape);
        Assert.Single(detached.named_parameters());
    }

    private static IEnumerable<Tensor> WithoutGradients(Parameter x)
    {
        using IDisposable frozen = no_grad();
        return [x + x];
    }

    private static IEnumerable<Tensor> Gradient(Parameter x)
    {
        x.sum().backward();
        return [x.grad!];
    }

    private static IEnumerable<Tensor> Hooked(Parameter x)
    {
        using ReLU relu = nn.ReLU();
        Tensor? seen = null;
        relu.register_forward_hook((_, _, output) => (seen = output) * 2);
        return [relu.call(x), seen!];
    }
}
