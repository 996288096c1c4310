using Xunit;
using static TorchSharp.torch;

namespace CircuitPipeline.TorchTests.Engine;

public sealed class Reductions
{
    private readonly Tensor x = tensor(
        new[,]
        {
            { 1.0, 2, 3 },
            { 4, 5, 9 },
        }
    );

    [Fact]
    public void Sum_and_multiply()
    {
        Elements.MustBe(x.sum(), 24);
        Elements.MustBe(x.sum([0]), 5, 7, 12);
        Elements.MustBe(x.sum([0, 1], keepdim: true), 24);
        Assert.Equal([2, 1], x.sum(1, keepdim: true).shape);
        Assert.Equal(ScalarType.Float32, x.sum(float32).dtype);
        Assert.Equal(ScalarType.Int64, tensor(new[] { true, true }).sum().dtype);
        Elements.MustBe(x.prod(), 1080);
        Elements.MustBe(x.cumsum(1), 1, 3, 6, 4, 9, 18);
        Elements.MustBe(sum(x) - mean(x), 20);
    }

    [Fact]
    public void Average()
    {
        Elements.MustBe(x.mean(), 4);
        Elements.MustBe(x.mean([1]), 2, 6);
        Assert.Equal([1, 3], x.mean([0], keepdim: true).shape);
    }

    [Fact]
    public void Spread_with_and_without_Bessels_correction()
    {
        Elements.MustBe(x.var([1]), 1, 7);
        Elements.MustBe(x.var([1], unbiased: false), 2.0 / 3, 14.0 / 3);
        Elements.MustBe(x.std([1], keepdim: true), 1, Math.Sqrt(7));
        Elements.MustBe(x[0].var() + x[0].std(), 2);
        Assert.Equal([2, 1], x.std([1], keepdim: true).shape);
    }

    [Fact]
    public void Find_the_largest_and_smallest()
    {
        (Tensor values, Tensor indexes) = x.max(1);

        Elements.MustBe(x.max(), 9);
        Elements.MustBe(x.min(), 1);
        Elements.MustBe(values, 3, 9);
        Elements.MustBe(indexes, 2, 2);
        Elements.MustBe(x.min(0).values, 1, 2, 3);
        Elements.MustBe(x.argmax(), 5);
        Elements.MustBe(x.argmax(1), 2, 2);
        Elements.MustBe(argmax(x, 0), 1, 1, 1);
        Elements.MustBe(x.argmin(), 0);
        Elements.MustBe(x.argmin(1, keepdim: true), 0, 0);
        Elements.MustBe(x.amax([0, 1]) - x.amin([0, 1]), 8);
        Assert.Equal([2, 1], x.amax([1], keepdim: true).shape);
    }

    [Fact]
    public void Measure_norms()
    {
        Elements.MustBe(tensor(new[] { 3.0, 4 }).norm(), 5);
        Elements.MustBe(
            tensor(
                    new[,]
                    {
                        { 3.0, 4 },
                    }
                )
                .norm(1),
            5
        );
        Elements.MustBe(linalg.vector_norm(tensor(new[] { 3.0, -4 }), 1), 7);
        Elements.MustBe(linalg.vector_norm(x, dims: [1]), Math.Sqrt(14), Math.Sqrt(122));
        Elements.MustBe(linalg.vector_norm(x, double.PositiveInfinity), 9);
    }

    [Fact]
    public void Ask_whether_any_or_all()
    {
        Tensor mask = tensor(
            new[,]
            {
                { true, false },
                { true, true },
            }
        );

        Assert.False(mask.all().item<bool>());
        Assert.True(mask.any().item<bool>());
        Elements.MustBe(mask.all(1), 0, 1);
        Elements.MustBe(mask.any(0), 1, 1);
        Elements.MustBe(mask.count_nonzero(), 3);
    }

    [Fact]
    public void Sum_exponentials_without_overflow() =>
        Elements.MustBe(tensor(new[] { 1000.0, 1000 }).logsumexp(0), 1000 + Math.Log(2));
}
