using Xunit;
using static TorchSharp.torch;

namespace CircuitPipeline.TorchTests.Engine;

public sealed class Selection
{
    private readonly Tensor x = tensor(
        new[,]
        {
            { 5.0, 1, 3 },
            { 2, 6, 4 },
        }
    );
    private readonly Tensor picks = tensor(
        new long[,]
        {
            { 2, 0 },
            { 1, 1 },
        }
    );

    [Fact]
    public void Gathers_and_scatters()
    {
        Elements.MustBe(x.gather(1, picks), 3, 5, 6, 6);
        Elements.MustBe(zeros_like(x).scatter(1, picks, x), 1, 0, 5, 0, 6, 0);
        Elements.MustBe(zeros_like(x).scatter_add(1, picks, x), 1, 0, 5, 0, 8, 0);
        Tensor target = zeros_like(x);
        Assert.Same(target, target.scatter_(1, picks, x).scatter_add_(1, picks, x));
        Elements.MustBe(target, 2, 0, 10, 0, 14, 0);
    }

    [Fact]
    public void Selects_adds_and_copies_by_index()
    {
        Tensor columns = tensor(new long[] { 2, 0 });
        Tensor source = ones([2, 2], dtype: float64);

        Elements.MustBe(x.index_select(1, columns), 3, 5, 4, 2);
        Elements.MustBe(x.index_add(1, columns, source, 2), 7, 1, 5, 4, 6, 6);
        Tensor copy = x.clone();
        Assert.Same(copy, copy.index_add_(1, columns, source, 1).index_copy_(1, tensor(new long[] { 1, 2 }), source));
        Elements.MustBe(copy, 6, 1, 1, 3, 1, 1);
    }

    [Fact]
    public void Fills_and_selects_by_mask()
    {
        Elements.MustBe(x.masked_fill(x.gt(3), 0), 0, 1, 3, 2, 0, 0);
        Elements.MustBe(x.masked_select(x.gt(3)), 5, 6, 4);
        Elements.MustBe(x.clone().masked_fill_(x.gt(3), -1), -1, 1, 3, 2, -1, -1);
        Elements.MustBe(where(x.gt(3), x, x * 10), 5, 10, 30, 20, 6, 4);
        Elements.MustBe(x.where(x.gt(3), -x), 5, -1, -3, -2, 6, 4);
        Elements.MustBe(x.gt(4).nonzero(), 0, 0, 1, 1);
    }

    [Fact]
    public void Sorts()
    {
        (Tensor values, Tensor indices) = x.sort(1, descending: true);

        Elements.MustBe(values, 5, 3, 1, 6, 4, 2);
        Elements.MustBe(indices, 0, 2, 1, 1, 2, 0);
        Elements.MustBe(x.argsort(1), 1, 2, 0, 0, 2, 1);
        (Tensor top, Tensor at) = x.topk(2);
        Elements.MustBe(top, 5, 3, 6, 4);
        Elements.MustBe(at, 0, 2, 1, 2);
    }
}
