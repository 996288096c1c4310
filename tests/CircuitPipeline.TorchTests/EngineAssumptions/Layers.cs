using TorchSharp.Modules;
using Xunit;
using static TorchSharp.torch;

namespace CircuitPipeline.TorchTests.EngineAssumptions;

/// <summary>The layers of a model, made without numbers and filled afterwards.</summary>
public sealed class Layers
{
    private readonly Tensor matrix = tensor(new[] { 1.0, 2, 3, 4, 5, 6 }, [3, 2]);

    [Fact]
    public void That_are_linear_hold_the_parameters_they_are_given()
    {
        Parameter weight = nn.Parameter(matrix);
        Parameter bias = nn.Parameter(tensor(new[] { 0.5, 0, -1 }));

        using Linear linear = nn.Linear(weight, bias);

        Assert.Same(weight, linear.weight);
        Assert.Same(bias, linear.bias);
        Assert.Equal((2, 3), (linear.in_features, linear.out_features));
        Elements.MustBe(linear.call(tensor(new[] { 1.0, -1 })), -0.5, -1, -2);
    }

    // Every look at it is another object over the same memory, so it must not be kept for its identity.
    [Fact]
    public void That_embed_have_one_weight_behind_many_objects()
    {
        using Embedding table = nn.Embedding(3, 2, device: CPU, dtype: float64);
        using (no_grad())
        {
            table.weight!.copy_(matrix);
        }

        Parameter listed = Assert.Single(table.named_parameters()).parameter;
        table.call(tensor(new long[] { 2, 0 })).sum().backward();

        Assert.NotSame(listed, table.weight);
        Elements.MustBe(listed, 1, 2, 3, 4, 5, 6);
        Elements.MustBe(listed.grad!, 1, 1, 0, 0, 1, 1);
        Elements.MustBe(table.forward(tensor(new long[] { 2, 0 })), 5, 6, 1, 2);
        Assert.Equal([2, 1, 2], table.forward(zeros([2, 1], dtype: int64)).shape);
    }

    // Odd: why the house makes an embedding first and fills it then.
    [Fact]
    public void That_embed_given_rows_list_another_parameter_than_their_weight()
    {
        using Embedding table = nn.Embedding_from_pretrained(matrix);

        Parameter listed = Assert.Single(table.named_parameters()).parameter;

        Assert.Equal(ScalarType.Float64, table.weight!.dtype);
        Assert.Equal(ScalarType.Float32, listed.dtype);
    }

    // The house differentiates norms by hand: the variance is the biased one, and epsilon is added to it.
    [Fact]
    public void That_normalize_add_epsilon_to_the_biased_variance()
    {
        using LayerNorm norm = nn.LayerNorm(2, 3, device: CPU, dtype: float64);
        Assert.Equal(["weight", "bias"], norm.named_parameters().Select(found => found.name));
        Elements.MustBe(norm.weight, 1, 1);
        Elements.MustBe(norm.bias!, 0, 0);
        using (no_grad())
        {
            norm.weight.copy_(tensor(new[] { 2.0, 3 }));
            norm.bias!.copy_(tensor(new[] { 0.5, 0 }));
        }

        Elements.MustBe(norm.forward(tensor(new[] { 1.0, 3, 4, 2 }, [2, 2])), -0.5, 1.5, 1.5, -1.5);
        Assert.Equal(3, norm.eps);
    }
}
