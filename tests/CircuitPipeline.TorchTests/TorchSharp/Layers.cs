using TorchSharp.Modules;
using Xunit;
using static TorchSharp.torch;

namespace CircuitPipeline.TorchTests.Engine;

/// <summary>Layers against numbers worked out by hand.</summary>
public sealed class Layers
{
    private static readonly long[] Tokens = [2, 0];

    [Fact]
    public void Linear_multiplies_by_the_transposed_weight_and_adds_the_bias()
    {
        using Linear linear = nn.Linear(
            nn.Parameter(
                tensor(
                    new[,]
                    {
                        { 1.0, 2 },
                        { 3, 4 },
                        { 5, 6 },
                    }
                )
            ),
            nn.Parameter(tensor(new[] { 0.5, 0, -1 }))
        );

        Elements.MustBe(linear.call(tensor(new[] { 1.0, -1 })), -0.5, -1, -2);
        Assert.Equal((2, 3), (linear.in_features, linear.out_features));
    }

    [Fact]
    public void Linear_starts_within_one_over_the_root_of_its_inputs()
    {
        using Linear linear = nn.Linear(16, 400, dtype: float64);

        Assert.Equal([400, 16], linear.weight.shape);
        Assert.InRange(linear.weight.abs().max().item<double>(), 0.24, 0.25);
        Assert.InRange(linear.bias!.abs().max().item<double>(), 0.2, 0.25);
        Assert.True(linear.weight.requires_grad);
        Assert.Null(nn.Linear(2, 2, hasBias: false).bias);
    }

    [Fact]
    public void Embedding_looks_rows_up()
    {
        using Embedding table = nn.Embedding_from_pretrained(
            tensor(
                new[,]
                {
                    { 1.0, 2 },
                    { 3, 4 },
                    { 5, 6 },
                }
            )
        );

        Elements.MustBe(table.call(tensor(Tokens)), 5, 6, 1, 2);
        Assert.False(table.weight!.requires_grad);
    }

    [Fact]
    public void Embedding_starts_standard_normal()
    {
        using Embedding table = nn.Embedding(100, 100, dtype: float64);

        Assert.InRange(table.weight!.std().item<double>(), 0.95, 1.05);
        Assert.Equal([2, 100], table.call(tensor(Tokens)).shape);
        Assert.Equal(["weight"], table.named_parameters().Select(found => found.name));
    }

    [Fact]
    public void Embedding_of_the_padding_token_is_zero_and_stays_so()
    {
        using Embedding table = nn.Embedding(3, 2, padding_idx: 0, dtype: float64);

        table.call(tensor(Tokens)).sum().backward();

        Elements.MustBe(table.weight![0], 0, 0);
        Elements.MustBe(table.weight!.grad!, 0, 0, 0, 0, 1, 1);
    }

    [Fact]
    public void Embedding_can_be_bounded_in_norm()
    {
        Tensor rows = tensor(
            new[,]
            {
                { 3.0, 4 },
                { 0.3, 0.4 },
            }
        );
        using Embedding table = nn.Embedding_from_pretrained(rows, max_norm: 1.0);

        Elements.MustBe(table.call(tensor(new long[] { 0, 1 })), 0.6, 0.8, 0.3, 0.4);
    }

    [Fact]
    public void LayerNorm_normalises_the_last_dimension()
    {
        using LayerNorm norm = nn.LayerNorm(2, eps: 0, dtype: float64);
        norm.weight!.bytes = tensor(new[] { 2.0, 3 }).bytes;
        norm.bias!.bytes = tensor(new[] { 0.5, 0 }).bytes;

        Elements.MustBe(
            norm.call(
                tensor(
                    new[,]
                    {
                        { 1.0, 3 },
                        { 4, 2 },
                    }
                )
            ),
            -1.5,
            3,
            2.5,
            -3
        );
    }

    [Fact]
    public void LayerNorm_adds_its_epsilon_to_the_variance()
    {
        using LayerNorm norm = nn.LayerNorm([2], eps: 3, elementwise_affine: false);

        Elements.MustBe(norm.call(tensor(new[] { 1.0, 3 })), -0.5, 0.5);
        Assert.Null(norm.weight);
        Assert.Null(nn.LayerNorm(2, bias: false).bias);
    }

    [Fact]
    public void Sequential_runs_its_members_in_order()
    {
        Linear shift = nn.Linear(1, 1);
        using Sequential model = nn.Sequential(("shift", shift), ("bend", nn.GELU()));
        using Sequential numbered = nn.Sequential(nn.Linear(1, 1), nn.ReLU());

        Assert.Equal(2, model.Count);
        Assert.Equal(["shift.bias", "shift.weight"], model.named_parameters().Select(found => found.name).Order());
        Assert.Equal(["0", "1"], numbered.named_children().Select(found => found.name));
        Tensor input = ones(1, 1);
        Elements.MustBe(model.call(input) - nn.functional.gelu(shift.call(input)), 0);
    }

    [Fact]
    public void Initialisers_fill_in_place_without_gradients()
    {
        Parameter parameter = nn.Parameter(empty([50, 6], dtype: float64));

        Assert.Same(parameter, nn.init.uniform_(parameter, 2, 3));
        Assert.InRange(parameter.min().item<double>(), 2, 3);
        Assert.Same(parameter, nn.init.normal_(parameter, 5, 0.1));
        Assert.InRange(parameter.mean().item<double>(), 4.9, 5.1);
        Assert.Same(parameter, nn.init.kaiming_uniform_(parameter, a: Math.Sqrt(5)));
        Assert.InRange(parameter.abs().max().item<double>(), 0.35, 1 / Math.Sqrt(6));
        Assert.Equal(300, nn.init.ones_(parameter).sum().item<double>());
        Assert.Equal(600, nn.init.constant_(parameter, 2).sum().item<double>());
        Assert.Equal(0, nn.init.zeros_(parameter).sum().item<double>());
    }
}
