using Xunit;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace CircuitPipeline.TorchTests.Engine;

/// <summary>torch.nn.functional against numbers worked out by hand.</summary>
public sealed class Functions
{
    private readonly Tensor logits = tensor(
        new[,]
        {
            { Math.Log(1), Math.Log(3) },
            { Math.Log(2), Math.Log(2) },
        }
    );

    [Fact]
    public void Softmax_normalises()
    {
        Elements.MustBe(F.softmax(logits, 1), 0.25, 0.75, 0.5, 0.5);
        Elements.MustBe(softmax(logits, 1) - logits.softmax(-1), 0, 0, 0, 0);
        Elements.MustBe(F.log_softmax(logits, 1).exp(), 0.25, 0.75, 0.5, 0.5);
        Assert.Equal(ScalarType.Float32, F.softmax(logits, 1, float32).dtype);
    }

    [Fact]
    public void Activations_have_their_known_values()
    {
        Tensor x = tensor(new[] { -1.0, 0, 1 });

        Elements.MustBe(F.relu(x), 0, 0, 1);
        Elements.MustBe(F.gelu(x), -0.15865525393145707, 0, 0.8413447460685429);
        Elements.MustBe(F.silu(x), -0.2689414213699951, 0, 0.7310585786300049);
    }

    [Fact]
    public void Cross_entropy_is_the_negative_log_probability_of_the_target()
    {
        Tensor target = tensor(new long[] { 1, 0 });

        Elements.MustBe(F.cross_entropy(logits, target), (-Math.Log(0.75) - Math.Log(0.5)) / 2);
        Elements.MustBe(F.cross_entropy(logits, target, reduction: nn.Reduction.Sum), -Math.Log(0.375));
        Elements.MustBe(F.cross_entropy(logits, target, reduction: nn.Reduction.None), -Math.Log(0.75), -Math.Log(0.5));
        Elements.MustBe(F.cross_entropy(logits, target, ignore_index: 1), -Math.Log(0.5));
        Elements.MustBe(F.nll_loss(F.log_softmax(logits, 1), target), -Math.Log(0.375) / 2);
    }

    [Fact]
    public void Cross_entropy_weighs_classes_and_smooths_labels()
    {
        Tensor target = tensor(new long[] { 1, 0 });
        Tensor weight = tensor(new[] { 1.0, 3 });

        Elements.MustBe(F.cross_entropy(logits, target, weight), (-3 * Math.Log(0.75) - Math.Log(0.5)) / 4);
        Elements.MustBe(
            F.cross_entropy(logits[..1], target[..1], label_smoothing: 0.2),
            -0.9 * Math.Log(0.75) - 0.1 * Math.Log(0.25)
        );
    }

    [Fact]
    public void Squared_error_and_divergence()
    {
        Tensor p = tensor(new[] { 0.5, 0.5 });
        Tensor q = tensor(new[] { 0.25, 0.75 });
        double divergence = 0.5 * Math.Log(2) + 0.5 * Math.Log(2.0 / 3);

        Elements.MustBe(F.mse_loss(p, q), 0.0625);
        Elements.MustBe(F.kl_div(q.log(), p.log(), reduction: nn.Reduction.Sum), divergence);
        Elements.MustBe(F.kl_div(q.log(), p, log_target: false, reduction: nn.Reduction.Sum), divergence);
    }

    [Fact]
    public void Dropout_scales_what_it_keeps()
    {
        Tensor kept = F.dropout(ones(1000), 0.5);

        Assert.All(Elements.Of(kept), value => Assert.True(value is 0 or 2));
        Elements.MustBe(F.dropout(ones(2), 0.5, training: false), 1, 1);
    }

    [Fact]
    public void One_hot_marks_the_class() =>
        Elements.MustBe(F.one_hot(tensor(new long[] { 2, 0 }), 3), 0, 0, 1, 1, 0, 0);

    [Fact]
    public void Layer_norm_centres_and_scales() =>
        Elements.MustBe(F.layer_norm(tensor(new[] { 1.0, 3 }), [2], eps: 0), -1, 1);

    [Fact]
    public void Attention_equals_its_definition()
    {
        Tensor q = Elements.Random(1, 1, 2, 3, 4);
        Tensor k = Elements.Random(2, 1, 2, 3, 4);
        Tensor v = Elements.Random(3, 1, 2, 3, 4);
        Tensor scores = q.matmul(k.transpose(-2, -1)) / 2;
        Tensor future = ones([3, 3], dtype: @bool).triu(1);
        Tensor causal = scores.masked_fill(future, double.NegativeInfinity).softmax(-1).matmul(v);
        Tensor bias = zeros([3, 3], dtype: float64).masked_fill(future, double.NegativeInfinity);

        Elements.MustBe(F.scaled_dot_product_attention(q, k, v) - scores.softmax(-1).matmul(v), new double[24]);
        Elements.MustBe(F.scaled_dot_product_attention(q, k, v, is_casual: true) - causal, new double[24]);
        Elements.MustBe(F.scaled_dot_product_attention(q, k, v, future.logical_not()) - causal, new double[24]);
        Elements.MustBe(F.scaled_dot_product_attention(q, k, v, bias) - causal, new double[24]);
    }
}
