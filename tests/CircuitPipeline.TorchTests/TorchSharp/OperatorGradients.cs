using Xunit;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace CircuitPipeline.TorchTests.Engine;

public sealed class OperatorGradients
{
    private static Tensor X(ulong seed, params long[] shape) => Elements.Random(seed, shape);

    private static void Check(Func<Tensor[], Tensor> operation, params Tensor[] inputs) =>
        FiniteDifferences.MustMatchAutograd(operation, inputs);

    [Fact]
    public void Of_a_batched_matrix_product() => Check(x => x[0].matmul(x[1]), X(1, 2, 3, 4), X(2, 2, 4, 2));

    [Fact]
    public void Of_mm_and_bmm()
    {
        Check(x => x[0].mm(x[1]), X(1, 3, 4), X(2, 4, 2));
        Check(x => x[0].bmm(x[1]), X(1, 2, 3, 4), X(2, 2, 4, 2));
    }

    [Fact]
    public void Of_a_linear_layer() => Check(x => F.linear(x[0], x[1], x[2]), X(1, 2, 4), X(2, 3, 4), X(3, 3));

    [Fact]
    public void Of_layer_normalisation() =>
        Check(x => F.layer_norm(x[0], [5], x[1], x[2]), X(1, 3, 5), X(2, 5), X(3, 5));

    [Fact]
    public void Of_softmax_and_log_softmax()
    {
        Check(x => x[0].softmax(-1), X(1, 3, 5));
        Check(x => x[0].log_softmax(1), X(2, 3, 5));
        Check(x => x[0].logsumexp(-1), X(3, 3, 5));
    }

    [Fact]
    public void Of_the_activations()
    {
        Check(x => F.gelu(x[0]), X(1, 7));
        Check(x => F.silu(x[0]), X(2, 7));
        Check(x => F.relu(x[0]), X(3, 7));
        Check(x => x[0].tanh() + x[0].sigmoid(), X(4, 7));
    }

    [Fact]
    public void Of_an_embedding_whose_tokens_repeat()
    {
        Tensor tokens = tensor(new long[] { 2, 0, 2, 1 });
        Check(table => table[0].index(tokens), X(1, 4, 3));
        Check(table => table[0].index_select(0, tokens), X(2, 4, 3));
    }

    [Fact]
    public void Of_gather() =>
        Check(
            x =>
                x[0]
                    .gather(
                        1,
                        tensor(
                            new long[,]
                            {
                                { 0, 2 },
                                { 1, 1 },
                            }
                        )
                    ),
            X(1, 2, 3)
        );

    [Fact]
    public void Of_slices_and_single_positions() => Check(x => x[0][1.., .., ^1] * x[0][0, .., 0], X(1, 2, 3, 4));

    [Fact]
    public void Of_cross_entropy_with_ignored_rows_and_smoothing()
    {
        Tensor target = tensor(new long[] { 2, -100, 0 });
        Check(x => F.cross_entropy(x[0], target), X(1, 3, 4));
        Check(x => F.cross_entropy(x[0], target, reduction: nn.Reduction.Sum, label_smoothing: 0.1), X(2, 3, 4));
    }

    [Fact]
    public void Of_the_other_losses()
    {
        Check(x => F.mse_loss(x[0], x[1]), X(1, 2, 3), X(2, 2, 3));
        Check(x => F.nll_loss(x[0], tensor(new long[] { 1, 0 })), X(3, 2, 3));
        Tensor target = X(4, 2, 3).log_softmax(-1);
        Check(x => F.kl_div(x[0], target, reduction: nn.Reduction.Sum), X(5, 2, 3));
    }

    [Fact]
    public void Of_attention_with_and_without_a_causal_mask()
    {
        Tensor[] qkv = [X(1, 1, 2, 3, 4), X(2, 1, 2, 3, 4), X(3, 1, 2, 3, 4)];
        Check(x => F.scaled_dot_product_attention(x[0], x[1], x[2]), qkv);
        Check(x => F.scaled_dot_product_attention(x[0], x[1], x[2], is_casual: true), qkv);
    }

    [Fact]
    public void Of_where_and_masked_fill()
    {
        Tensor mask = tensor(new[] { true, false, true });
        Check(x => where(mask, x[0], x[1] * 2), X(1, 2, 3), X(2, 2, 3));
        Check(x => x[0].masked_fill(mask, 3), X(3, 2, 3));
    }

    [Fact]
    public void Of_cat_stack_and_split()
    {
        Check(x => cat([x[0], x[1]], 1), X(1, 2, 3), X(2, 2, 2));
        Check(x => stack([x[0], x[1]], -1), X(3, 2, 3), X(4, 2, 3));
        Check(x => x[0].split(2, 1)[1] * x[0].chunk(2, 1)[0], X(5, 2, 4));
    }

    [Fact]
    public void Of_expanding_and_broadcasting()
    {
        Check(x => x[0].expand(3, 2, 4), X(1, 2, 4));
        Check(x => (x[0] * x[1]) + (x[0] / (x[1] * x[1] + 1)), X(2, 3, 1), X(3, 4));
    }

    [Fact]
    public void Of_reordering_dimensions() =>
        Check(x => x[0].transpose(0, 2).reshape(4, 6).t().flatten() * x[0].permute(1, 0, 2).flatten(), X(1, 2, 3, 4));

    [Fact]
    public void Of_reductions()
    {
        Check(x => x[0].sum(), X(1, 2, 3));
        Check(x => x[0].mean([-1], keepdim: true), X(2, 2, 3));
        Check(x => x[0].var([0]) + x[0].std([0]), X(3, 4, 3));
        Check(x => x[0].norm(), X(4, 2, 3));
        Check(x => x[0].max(1).values, X(5, 2, 3));
        Check(x => x[0].cumsum(1), X(6, 2, 3));
    }

    [Fact]
    public void Of_an_einstein_sum() =>
        Check(x => einsum("bphd,bqhd->bhpq", x[0], x[1]), X(1, 1, 2, 2, 3), X(2, 1, 3, 2, 3));

    [Fact]
    public void Of_powers_exponentials_and_logarithms()
    {
        Check(x => x[0].pow(3) + x[0].square().add(1).rsqrt() + x[0].exp().add(1).log(), X(1, 5));
        Check(x => 2 - x[0] + 1 / (x[0].abs() + 1) + x[0].cos() * x[0].sin(), X(2, 5));
    }

    [Fact]
    public void Of_lower_triangles_and_rolls() => Check(x => x[0].tril().roll(1, 0), X(1, 3, 3));
}
