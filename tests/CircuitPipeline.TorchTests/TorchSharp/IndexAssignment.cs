using Xunit;
using static TorchSharp.torch;

namespace CircuitPipeline.TorchTests.Engine;

public sealed class IndexAssignment
{
    private readonly Tensor grid = zeros([2, 3], dtype: float64);

    [Fact]
    public void To_a_position_sets_it()
    {
        grid[1, 2] = tensor(5.0);

        Elements.MustBe(grid, 0, 0, 0, 0, 0, 5);
    }

    [Fact]
    public void To_a_range_sets_the_part()
    {
        grid[.., 1..] = tensor(new[] { 1.0, 2 });

        Elements.MustBe(grid, 0, 1, 2, 0, 1, 2);
    }

    [Fact]
    public void To_a_row_broadcasts()
    {
        grid[0] = tensor(3.0);

        Elements.MustBe(grid, 3, 3, 3, 0, 0, 0);
    }

    [Fact]
    public void To_a_mask_sets_what_is_true()
    {
        grid[1] = arange(3, dtype: float64);
        grid[grid.gt(0)] = tensor(-1.0);

        Elements.MustBe(grid, 0, 0, 0, 0, -1, -1);
    }

    [Fact]
    public void To_index_tensors_sets_the_pairs()
    {
        grid[tensor(new long[] { 0, 1 }), tensor(new long[] { 2, 0 })] = tensor(new[] { 7.0, 8 });

        Elements.MustBe(grid, 0, 0, 7, 8, 0, 0);
    }

    [Fact]
    public void Mixes_ranges_and_index_tensors()
    {
        Tensor columns = tensor(new long[] { 2, 0 });

        grid[TensorIndex.Colon, TensorIndex.Tensor(columns)] = tensor(new[] { 1.0, 2 });

        Elements.MustBe(grid, 2, 0, 1, 2, 0, 1);
    }

    [Fact]
    public void Accumulates_where_an_index_repeats()
    {
        Tensor[] twice = [tensor(new long[] { 0, 0 }), tensor(new long[] { 1, 1 })];

        grid.index_put_(ones([2], dtype: float64), twice, accumulate: true);

        Elements.MustBe(grid, 0, 2, 0, 0, 0, 0);
    }

    [Fact]
    public void Takes_a_number()
    {
        grid.index_put_(4.0, TensorIndex.Ellipsis, TensorIndex.Single(0));

        Elements.MustBe(grid, 4, 0, 0, 4, 0, 0);
    }

    [Fact]
    public void Returns_the_same_tensor()
    {
        Tensor returned = grid.index_put_(ones([3], dtype: float64), TensorIndex.Single(1));

        Assert.Same(grid, returned);
    }

    [Fact]
    public void Passes_the_gradient_on()
    {
        Tensor x = ones([2], dtype: float64, requires_grad: true);
        Tensor y = x * 3;

        y[0] = tensor(0.0);
        y.sum().backward();

        Elements.MustBe(x.grad!, 0, 3);
    }
}
