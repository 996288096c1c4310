using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace CircuitPipeline.TorchTests.Engine;

public sealed class Arithmetic
{
    private static Tensor X => tensor(new[] { 1.0, 2, 4 });

    [Fact]
    public void Of_two_tensors_is_elementwise()
    {
        Tensor y = tensor(new[] { 2.0, 4, 8 });

        Elements.MustBe(X + y, 3, 6, 12);
        Elements.MustBe(X - y, -1, -2, -4);
        Elements.MustBe(X * y, 2, 8, 32);
        Elements.MustBe(X / y, 0.5, 0.5, 0.5);
        Elements.MustBe(-X, -1, -2, -4);
        Elements.MustBe(X.maximum(y - 3) + X.minimum(y - 3), 0, 3, 9);
    }

    [Fact]
    public void With_a_number_works_on_both_sides()
    {
        Elements.MustBe(X + 1, 2, 3, 5);
        Elements.MustBe(1L + X, 2, 3, 5);
        Elements.MustBe(X - 0.5, 0.5, 1.5, 3.5);
        Elements.MustBe(5 - X, 4, 3, 1);
        Elements.MustBe(2f * X, 2, 4, 8);
        Elements.MustBe(X * 2L, 2, 4, 8);
        Elements.MustBe(X / 2, 0.5, 1, 2);
        Elements.MustBe(4.0 / X, 4, 2, 1);
        Elements.MustBe(X % 3, 1, 2, 1);
    }

    [Fact]
    public void With_a_number_takes_every_kind_of_number()
    {
        Scalar two = 2;

        Assert.All(
            [X + 2, X + 2L, X + 2f, X + 2.0, X + two, 2 + X, 2L + X, 2f + X, 2.0 + X, two + X],
            sum => Elements.MustBe(sum, 3, 4, 6)
        );
        Assert.All([X - 2, X - 2L, X - 2f, X - 2.0, X - two], less => Elements.MustBe(less, -1, 0, 2));
        Assert.All([2 - X, 2L - X, 2f - X, 2.0 - X, two - X], rest => Elements.MustBe(rest, 1, 0, -2));
        Assert.All(
            [X * 2, X * 2L, X * 2f, X * 2.0, X * two, 2 * X, 2L * X, 2f * X, 2.0 * X, two * X],
            product => Elements.MustBe(product, 2, 4, 8)
        );
        Assert.All([X / 2, X / 2L, X / 2f, X / 2.0, X / two], half => Elements.MustBe(half, 0.5, 1, 2));
        Assert.All([2 / X, 2L / X, 2f / X, 2.0 / X, two / X], quotient => Elements.MustBe(quotient, 2, 1, 0.5));
    }

    [Fact]
    public void Broadcasts()
    {
        Assert.Equal([3, 2], (ones(3, 1) + ones(2)).shape);
        Elements.MustBe(tensor(new[] { 1.0, 2 }).unsqueeze(1) * tensor(new[] { 3.0, 4 }), 3, 4, 6, 8);
    }

    [Fact]
    public void Promotes_types_as_PyTorch_does()
    {
        Assert.Equal(ScalarType.Int64, (arange(3) + 1).dtype);
        Assert.Equal(ScalarType.Float32, (arange(3) + 0.5).dtype);
        Assert.Equal(ScalarType.Float32, (arange(3) / 2).dtype);
        Assert.Equal(ScalarType.Float32, (ones(3) * 2.0).dtype);
        Assert.Equal(ScalarType.Float64, (ones(3) + X).dtype);
        Assert.Equal(ScalarType.Int64, (tensor(new[] { 1 }) + arange(1)).dtype);
    }

    [Fact]
    public void In_place_changes_and_returns_the_tensor_itself()
    {
        Tensor x = X;

        Assert.Same(x, x.add_(1));
        Assert.Same(x, x.mul_(X).sub_(1).div_(3));
        Elements.MustBe(x, 1.0 / 3, 5.0 / 3, 19.0 / 3);
        Assert.Same(x, x.fill_(2).add_(X, alpha: 3));
        Elements.MustBe(x, 5, 8, 14);
        Assert.Same(x, x.copy_(X).clamp_(1.5, 3).neg_().exp_().sqrt_());
        Elements.MustBe(x, Math.Exp(-0.75), Math.Exp(-1), Math.Exp(-1.5));
    }

    [Fact]
    public void In_place_products_and_quotients_add_up()
    {
        Tensor x = X;

        Elements.MustBe(x.addcmul_(X, X, value: 2), 3, 10, 36);
        Elements.MustBe(x.addcdiv_(X, X, value: -1), 2, 9, 35);
        Elements.MustBe(X.addcmul(X, X, value: 1), 2, 6, 20);
        Elements.MustBe(X.addcdiv(X, X, value: 1), 2, 3, 5);
    }

    [Fact]
    public void In_place_on_a_leaf_that_records_gradients_is_an_error() =>
        Assert.Throws<System.Runtime.InteropServices.ExternalException>(() => ones(2, requires_grad: true).add_(1));

    [Fact]
    public void Divides_with_the_rounding_asked_for()
    {
        Tensor x = tensor(new[] { -3.0, 3 });

        Elements.MustBe(x.div(2, RoundingMode.floor), -2, 1);
        Elements.MustBe(x.div(tensor(2.0), RoundingMode.trunc), -1, 1);
        Elements.MustBe(x.remainder(2), 1, 1);
        Elements.MustBe(x.remainder(tensor(2.0)), 1, 1);
    }

    [Fact]
    public void Has_the_elementary_functions()
    {
        Elements.MustBe(X.exp().log(), 1, 2, 4);
        Elements.MustBe(X.sqrt() * X.rsqrt(), 1, 1, 1);
        Elements.MustBe(X.log2(), 0, 1, 2);
        Elements.MustBe(X.expm1() - X.exp(), -1, -1, -1);
        Elements.MustBe(X.log1p(), Math.Log(2), Math.Log(3), Math.Log(5));
        Elements.MustBe(X.pow(2) - X.square() + X.reciprocal(), 1, 0.5, 0.25);
        Elements.MustBe(X.pow(tensor(new[] { 3.0, 2, 1 })), 1, 4, 4);
        Elements.MustBe(X.sin().pow(2) + X.cos().pow(2), 1, 1, 1);
        Elements.MustBe(tensor(new[] { 0.0, 0.5 }).erf(), 0, 0.5204998778130465);
        Elements.MustBe(tensor(new[] { 0.0 }).sigmoid() + tensor(new[] { 0.0 }).tanh(), 0.5);
    }

    [Fact]
    public void Rounds_and_clamps()
    {
        Tensor x = tensor(new[] { -1.5, 0.4, 2.5 });

        Elements.MustBe(x.floor(), -2, 0, 2);
        Elements.MustBe(x.ceil(), -1, 1, 3);
        Elements.MustBe(x.round(), -2, 0, 2);
        Elements.MustBe(x.trunc(), -1, 0, 2);
        Elements.MustBe(x.abs() * x.sign(), -1.5, 0.4, 2.5);
        Elements.MustBe(x.clamp(-1, 1), -1, 0.4, 1);
        Elements.MustBe(x.clamp(min: 0), 0, 0.4, 2.5);
        Elements.MustBe(x.clamp_min(0).clamp_max(2), 0, 0.4, 2);
    }

    [Fact]
    public void Interpolates() =>
        Elements.MustBe(zeros([2], dtype: float64).lerp(tensor(new[] { 2.0, 4 }), tensor(new[] { 0.5, 0.25 })), 1, 1);

    [Fact]
    public void Exists_as_static_functions()
    {
        Elements.MustBe(torch.add(X, X) + torch.mul(X, X), 3, 8, 24);
        Elements.MustBe(torch.exp(torch.log(X)) - torch.sqrt(torch.pow(X, 2)), 0, 0, 0);
        Elements.MustBe(torch.abs(torch.tanh(X) - X.tanh()) + torch.sin(X).pow(2) + torch.cos(X).pow(2), 1, 1, 1);
        Elements.MustBe(torch.maximum(X, X + 1) - torch.minimum(X, X + 1), 1, 1, 1);
    }
}
