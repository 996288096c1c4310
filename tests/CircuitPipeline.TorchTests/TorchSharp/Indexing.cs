using Xunit;
using static TorchSharp.torch;

namespace CircuitPipeline.TorchTests.Engine;

/// <summary>Against Python's rules, on 0 … 23 as [2, 3, 4].</summary>
public sealed class Indexing
{
    private readonly Tensor block = arange(24).reshape(2, 3, 4);

    [Fact]
    public void A_number_removes_its_dimension()
    {
        Assert.Equal([3, 4], block[1].shape);
        Elements.MustBe(block[1, 2], 20, 21, 22, 23);
        Assert.Equal(23, block[1, 2, 3].item<long>());
    }

    [Fact]
    public void A_negative_number_counts_from_the_end()
    {
        Assert.Equal(23, block[-1, -1, -1].item<long>());
        Elements.MustBe(block[^1, ^1], 20, 21, 22, 23);
    }

    [Fact]
    public void A_range_keeps_its_dimension()
    {
        Assert.Equal([1, 3, 4], block[1..].shape);
        Elements.MustBe(block[0, 1..3, 0], 4, 8);
        Elements.MustBe(block[0, 0, ..^1], 0, 1, 2);
        Elements.MustBe(block[0, 0, ^2..], 2, 3);
        Elements.MustBe(block[0, 0, ^3..^1], 1, 2);
    }

    [Fact]
    public void A_slice_may_have_a_step()
    {
        Elements.MustBe(block[0, 0, TensorIndex.Slice(0, 4, 2)], 0, 2);
        Elements.MustBe(block[0, 0, TensorIndex.Slice(1)], 1, 2, 3);
        Elements.MustBe(block[0, TensorIndex.Slice(step: 2), 0], 0, 8);
        Elements.MustBe(block[0, TensorIndex.Colon, 0], 0, 4, 8);
    }

    [Fact]
    public void A_range_past_the_end_is_cut() => Assert.Equal([2, 3, 4], block[TensorIndex.Slice(0, 9)].shape);

    [Fact]
    public void An_ellipsis_stands_for_what_is_left()
    {
        Elements.MustBe(block[TensorIndex.Ellipsis, 0], 0, 4, 8, 12, 16, 20);
        Assert.Equal([3], block[0, TensorIndex.Ellipsis, 1].shape);
        Assert.Equal([2, 3, 4], block[TensorIndex.Ellipsis].shape);
    }

    [Fact]
    public void None_makes_a_new_dimension()
    {
        Assert.Equal([1, 2, 3, 4], block[TensorIndex.None].shape);
        Assert.Equal([2, 1, 3, 4], block[TensorIndex.Colon, TensorIndex.Null].shape);
    }

    [Fact]
    public void A_tensor_of_numbers_gathers()
    {
        Tensor rows = tensor(new long[] { 2, 0 });

        Assert.Equal([2, 3, 4], block[tensor(new long[] { 1, 0 })].shape);
        Elements.MustBe(block[0][rows][.., 0], 8, 0);
        Elements.MustBe(block[TensorIndex.Single(0), TensorIndex.Tensor(rows), TensorIndex.Single(1)], 9, 1);
        Elements.MustBe(block[TensorIndex.Ellipsis, TensorIndex.Tensor(rows)][1, 2], 22, 20);
    }

    [Fact]
    public void Two_tensors_gather_pairs()
    {
        Tensor first = tensor(new long[] { 0, 1 });
        Tensor second = tensor(new long[] { 2, 1 });

        Elements.MustBe(block[first, second][.., 0], 8, 16);
        Elements.MustBe(block.index(first, second, first), 8, 17);
    }

    [Fact]
    public void A_mask_keeps_what_is_true()
    {
        Elements.MustBe(block[block.gt(20)], 21, 22, 23);
        Elements.MustBe(block[0][tensor(new[] { true, false, true })][.., 0], 0, 8);
    }

    [Fact]
    public void A_mask_of_two_dimensions_takes_the_place_of_two()
    {
        Tensor mask = block[.., .., 0].gt(10);

        Assert.Equal([3, 4], block[TensorIndex.Tensor(mask)].shape);
        Elements.MustBe(block[TensorIndex.Tensor(mask), TensorIndex.Single(1)], 13, 17, 21);
    }

    [Fact]
    public void A_truth_value_makes_a_dimension_of_one_or_none()
    {
        Assert.Equal([1, 2, 3, 4], block[TensorIndex.Bool(true)].shape);
        Assert.Equal([0, 2, 3, 4], block[TensorIndex.Bool(false)].shape);
    }

    [Fact]
    public void A_view_shares_its_memory()
    {
        block[0, 0, 1..3].fill_(-1);

        Elements.MustBe(block[0, 0], 0, -1, -1, 3);
    }

    [Fact]
    public void A_number_past_the_end_is_an_error() =>
        Assert.Throws<System.Runtime.InteropServices.ExternalException>(() => block[2]);
}
