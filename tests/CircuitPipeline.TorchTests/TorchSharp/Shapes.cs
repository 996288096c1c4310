using Xunit;
using static TorchSharp.torch;

namespace CircuitPipeline.TorchTests.Engine;

public sealed class Shapes
{
    private readonly Tensor x = arange(6).reshape(2, 3);

    [Fact]
    public void Change_without_copying_where_they_can()
    {
        Elements.MustBe(x.view(3, 2)[1], 2, 3);
        Assert.Equal([6], x.view(-1).shape);
        Assert.Equal([3, 2], x.view_as(zeros(3, 2)).shape);
        Assert.Equal([2, 1, 3], x.unsqueeze(1).shape);
        Assert.Equal([2, 3], x.unsqueeze(-1).squeeze(-1).shape);
        Assert.Equal([2, 3], x.unsqueeze(0).squeeze().shape);
        Assert.Equal([6], x.flatten().shape);
        Assert.Equal([2, 12], zeros(2, 3, 4).flatten(1).shape);
        Assert.Equal([2, 3, 4], zeros(2, 12).unflatten(1, 3, 4).shape);
    }

    [Fact]
    public void Reorder_their_dimensions()
    {
        Elements.MustBe(x.t(), 0, 3, 1, 4, 2, 5);
        Elements.MustBe(x.T - x.mT, 0, 0, 0, 0, 0, 0);
        Assert.Equal([4, 2, 3], zeros(2, 3, 4).permute(2, 0, 1).shape);
        Assert.Equal([2, 4, 3], zeros(2, 3, 4).transpose(-1, -2).shape);
        Elements.MustBe(x.flip(1), 2, 1, 0, 5, 4, 3);
        Elements.MustBe(x.roll(1, 1), 2, 0, 1, 5, 3, 4);
    }

    [Fact]
    public void Tell_their_sizes()
    {
        Assert.Equal(2, x.dim());
        Assert.Equal(x.ndim, x.Dimensions);
        Assert.Equal(6, x.numel());
        Assert.Equal(x.NumberOfElements, x.numel());
        Assert.Equal(3, x.size(-1));
        Assert.Equal([2, 3], x.size());
        Assert.Equal([3, 1], x.stride());
        Assert.True(x.is_contiguous());
        Assert.True(x.t().contiguous().is_contiguous());
    }

    [Fact]
    public void Repeat_and_expand()
    {
        Assert.Equal([4, 3], x.repeat(2, 1).shape);
        Elements.MustBe(x[0].repeat_interleave(2), 0, 0, 1, 1, 2, 2);
        Assert.Equal([5, 2, 3], x.expand(5, -1, -1).shape);
        Assert.Equal([2, 3], x[0].expand_as(x).shape);
    }

    [Fact]
    public void Join_and_come_apart()
    {
        Assert.Equal([4, 3], cat([x, x]).shape);
        Assert.Equal([6, 3], cat(new List<Tensor> { x, x, x }).shape);
        Elements.MustBe(cat([x, x], 1)[0], 0, 1, 2, 0, 1, 2);
        Assert.Equal([2, 2, 3], stack([x, x], 1).shape);
        Tensor[] parts = x.split(2, 1);
        Assert.Equal([2, 1], parts[1].shape);
        Assert.Equal([2, 2], x.split([1, 2], 1)[1].shape);
        Assert.Equal(2, x.chunk(2).Length);
        Elements.MustBe(x.unbind(1)[2], 2, 5);
    }

    [Fact]
    public void Narrow_to_a_part()
    {
        Elements.MustBe(x.narrow(1, 1, 2), 1, 2, 4, 5);
        Elements.MustBe(x.select(0, 1), 3, 4, 5);
        Elements.MustBe(x.slice(1, 0, 3, 2), 0, 2, 3, 5);
        Elements.MustBe(x.tril(), 0, 0, 0, 3, 4, 0);
        Elements.MustBe(x.triu(1), 0, 1, 2, 0, 0, 5);
        Elements.MustBe(tril(x, -1) + triu(x, 2), 0, 0, 2, 3, 0, 0);
        Elements.MustBe(x.diagonal(), 0, 4);
        Elements.MustBe(x.diagonal(1), 1, 5);
    }

    [Fact]
    public void Must_hold_the_dimension_that_is_asked_for() => Assert.ThrowsAny<Exception>(() => x.size(2));
}
