using CircuitPipeline.Tensors.Calls;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace CircuitPipeline.TorchTests.TensorsRoom;

/// <summary>
/// The linear map against libtorch's, value and gradients; these tests compute reproducibly, so large ones go through
/// oneDNN's convolution.
/// </summary>
public sealed class LinearMaps
{
    // Rows that a batch of 16 divides, one of 17 to 64, and none of them; above and below the size that is worth it.
    [Theory]
    [InlineData(new long[] { 16, 20, 64 }, 96)]
    [InlineData(new long[] { 128, 11, 64 }, 155)]
    [InlineData(new long[] { 5, 7, 3, 128 }, 256)]
    [InlineData(new long[] { 67, 256 }, 128)]
    [InlineData(new long[] { 134, 256 }, 128)]
    [InlineData(new long[] { 4, 5, 16 }, 48)]
    [InlineData(new long[] { 320, 64 }, 4)]
    [InlineData(new long[] { 4096, 4 }, 192)]
    [InlineData(new long[] { 64 }, 48)]
    public void Are_libtorchs_within_rounding(long[] shape, long outputs)
    {
        using DisposeScope scope = NewDisposeScope();
        using Generator random = new(1);
        Tensor Drawn(params long[] sizes) => empty(sizes).uniform_(-1, 1, random);
        Tensor[] values = [Drawn(shape), Drawn(outputs, shape[^1]), Drawn(outputs)];
        Tensor weights = Drawn([.. shape[..^1], outputs]);

        Tensor[] found = WithGradients(values, weights, LinearProducts.Linear);

        Tensor[] expected = WithGradients(
            [.. values.Select(value => value.to(ScalarType.Float64))],
            weights.to(ScalarType.Float64),
            nn.functional.linear
        );
        foreach ((Tensor one, Tensor other) in found.Zip(expected))
        {
            Assert.Equal(other.shape, one.shape);
            double largest = other.abs().max().item<double>();
            Assert.InRange((one.to(ScalarType.Float64) - other).abs().max().item<double>() / largest, 0, 2e-6);
        }
    }

    // Widths at which oneDNN's convolutions end the process, forward or backward; of the models Pythia-70m has them.
    [Theory]
    [InlineData(256, 1024)]
    [InlineData(512, 1024)]
    [InlineData(512, 2048)]
    [InlineData(1024, 2048)]
    public void Of_widths_that_end_the_process_are_libtorchs(long one, long other)
    {
        Are_libtorchs_within_rounding([2, 11, one], other);
        Are_libtorchs_within_rounding([32, other], one);
    }

    // What fast numerics take for few rows and many outputs.
    [Theory]
    [InlineData(new long[] { 9, 24 }, 48)]
    [InlineData(new long[] { 2, 3, 5, 7 }, 16)]
    [InlineData(new long[] { 7 }, 32)]
    public void By_parts_of_the_outputs_are_libtorchs(long[] shape, long outputs)
    {
        using DisposeScope scope = NewDisposeScope();
        using Generator random = new(1);
        Tensor Drawn(params long[] sizes) => empty(sizes, ScalarType.Float64).uniform_(-1, 1, random);
        Tensor[] values = [Drawn(shape), Drawn(outputs, shape[^1])];
        Tensor weights = Drawn([.. shape[..^1], outputs]);

        Tensor[] found = WithGradients(values, weights, (input, weight, _) => LinearProducts.ByParts(input, weight));

        Tensor[] expected = WithGradients(values, weights, (input, weight, _) => nn.functional.linear(input, weight));
        foreach ((Tensor one, Tensor other) in found.Zip(expected))
        {
            Assert.Equal(other.shape, one.shape);
            Assert.True(other.allclose(one, 0, 1e-12));
        }
    }

    // Of 583 and 592 outputs, oneDNN's convolutions were wrong by the size of the numbers for one count of rows in four.
    [Theory]
    [InlineData(583)]
    [InlineData(592)]
    [InlineData(528)]
    [InlineData(80)]
    [InlineData(608)]
    [InlineData(96)]
    [InlineData(64)]
    [InlineData(576)]
    public void Of_any_number_of_rows_are_right(int outputs)
    {
        using Generator random = new(1);
        Random sizes = new(outputs);
        for (int trial = 0; trial < 10; trial++)
        {
            using DisposeScope scope = NewDisposeScope();
            int rows = sizes.Next(1_500_000 / (64 * outputs), 1_500_000 / (64 * outputs) + 900);
            Tensor input = empty(rows, 64).uniform_(-1, 1, random);
            Tensor weight = empty(outputs, 64).uniform_(-1, 1, random);

            Tensor found = LinearProducts.Linear(input, weight);

            Tensor expected = nn.functional.linear(input.to(ScalarType.Float64), weight.to(ScalarType.Float64));
            double error = (found.to(ScalarType.Float64) - expected).abs().max().item<double>();
            Assert.True(error < 1e-4, $"{rows} rows, {outputs} outputs: {error}");
        }
    }

    [Fact]
    public void Of_what_is_not_contiguous_are_the_same()
    {
        using DisposeScope scope = NewDisposeScope();
        using Generator random = new(1);
        Tensor input = empty(64, 320).uniform_(-1, 1, random);
        Tensor weight = empty(64, 96).uniform_(-1, 1, random);

        Tensor found = LinearProducts.Linear(input.t(), weight.t());

        Assert.Equal(
            LinearProducts.Linear(input.t().contiguous(), weight.t().contiguous()).data<float>().ToArray(),
            found.data<float>().ToArray()
        );
    }

    // libtorch's product and oneDNN's round in another order.
    [Theory]
    [InlineData(320, true)]
    [InlineData(67, true)]
    [InlineData(20, false)]
    public void That_are_large_are_convolutions(long rows, bool isConvolution)
    {
        using DisposeScope scope = NewDisposeScope();
        using Generator random = new(1);
        Tensor input = empty(rows, 256).uniform_(-1, 1, random);
        Tensor weight = empty(256, 256).uniform_(-1, 1, random);

        bool isEqual = nn.functional.linear(input, weight).Equals(LinearProducts.Linear(input, weight));

        Assert.Equal(isConvolution, !isEqual);
    }

    [Fact]
    public void Of_other_shapes_are_refused()
    {
        using DisposeScope scope = NewDisposeScope();

        ArgumentException problem = Assert.Throws<ArgumentException>(() =>
            LinearProducts.Linear(ones(320, 64), ones(96, 63))
        );

        Assert.Equal(
            "A linear map of shape [96, 63] cannot take a tensor of shape [320, 64]: the last size of both must be the same.",
            problem.Message
        );
    }

    [Fact]
    public void In_float64_are_libtorchs_bit_for_bit()
    {
        using DisposeScope scope = NewDisposeScope();
        using Generator random = new(1);
        Tensor input = empty([320, 64], ScalarType.Float64).uniform_(-1, 1, random);
        Tensor weight = empty([96, 64], ScalarType.Float64).uniform_(-1, 1, random);

        Assert.Equal(nn.functional.linear(input, weight), LinearProducts.Linear(input, weight));
    }

    private static Tensor[] WithGradients(Tensor[] values, Tensor weights, Func<Tensor, Tensor, Tensor?, Tensor> map)
    {
        Tensor[] inputs = [.. values.Select(value => value.clone().requires_grad_())];
        Tensor output = map(inputs[0], inputs[1], inputs.ElementAtOrDefault(2));
        return [output.detach(), .. GuardedCalls.Gradients((output * weights).sum(), inputs)];
    }
}
