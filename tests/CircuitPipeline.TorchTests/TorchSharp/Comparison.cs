using Xunit;
using static TorchSharp.torch;

namespace CircuitPipeline.TorchTests.Engine;

public sealed class Comparison
{
    private static readonly double Nan = double.NaN;

    private readonly Tensor x = tensor(new[] { 1.0, 2, 3 });

    [Fact]
    public void With_a_number_gives_truth_values()
    {
        Assert.Equal(ScalarType.Bool, x.eq(2).dtype);
        Elements.MustBe(x.eq(2), 0, 1, 0);
        Elements.MustBe(x.ne(2), 1, 0, 1);
        Elements.MustBe(x.lt(2), 1, 0, 0);
        Elements.MustBe(x.le(2), 1, 1, 0);
        Elements.MustBe(x.gt(2), 0, 0, 1);
        Elements.MustBe(x.ge(2), 0, 1, 1);
    }

    [Fact]
    public void With_a_tensor_is_elementwise()
    {
        Tensor y = tensor(new[] { 3.0, 2, 1 });

        Elements.MustBe(x.eq(y), 0, 1, 0);
        Elements.MustBe(x.ne(y), 1, 0, 1);
        Elements.MustBe(x.lt(y), 1, 0, 0);
        Elements.MustBe(x.le(y), 1, 1, 0);
        Elements.MustBe(x.gt(y), 0, 0, 1);
        Elements.MustBe(x.ge(y), 0, 1, 1);
    }

    [Fact]
    public void By_operator_takes_a_number()
    {
        Elements.MustBe((x < 2) | (x > 2), 1, 0, 1);
        Elements.MustBe((x <= 2) & (x >= 2), 0, 1, 0);
        Elements.MustBe(~(x < 2), 0, 1, 1);
        Elements.MustBe((x < 2) ^ (x < 3), 0, 1, 0);
    }

    [Fact]
    public void Results_combine_logically()
    {
        Tensor a = tensor(new[] { true, true, false });
        Tensor b = tensor(new[] { true, false, false });

        Elements.MustBe(a.logical_and(b), 1, 0, 0);
        Elements.MustBe(a.logical_or(b), 1, 1, 0);
        Elements.MustBe(a.logical_xor(b), 0, 1, 0);
        Elements.MustBe(a.logical_not(), 0, 0, 1);
        Elements.MustBe(a.bitwise_not(), 0, 0, 1);
    }

    [Fact]
    public void Knows_what_is_no_number()
    {
        Tensor y = tensor(new[] { Nan, double.PositiveInfinity, 0 });

        Elements.MustBe(y.isnan(), 1, 0, 0);
        Elements.MustBe(y.isinf(), 0, 1, 0);
        Elements.MustBe(y.isfinite(), 0, 0, 1);
    }

    [Fact]
    public void Within_a_tolerance_is_allclose()
    {
        Assert.True(x.allclose(x + 1e-9));
        Assert.False(x.allclose(x + 1e-3));
        Assert.True(allclose(x, x + 1e-3, rtol: 0, atol: 1e-2));
        Assert.False(tensor(Nan).allclose(tensor(Nan)));
        Assert.True(tensor(Nan).allclose(tensor(Nan), equal_nan: true));
    }

    [Fact]
    public void As_objects_means_equal_shape_and_elements()
    {
        Assert.True(x.Equals(x.clone()));
        Assert.False(x.Equals(x + 1));
        Assert.False(x.Equals(x.unsqueeze(0)));
        Assert.True(x.Equals((object)x.clone()));
        Assert.False(x.Equals("x"));
    }
}
