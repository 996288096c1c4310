using System.Runtime.InteropServices;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace CircuitPipeline.TorchTests.EngineAssumptions;

/// <summary>Checkpoints are read into and written from the memory of tensors; results are read as arrays.</summary>
public sealed class ElementTypes
{
    [Theory]
    [InlineData(ScalarType.Byte, 1, false)]
    [InlineData(ScalarType.Int32, 4, false)]
    [InlineData(ScalarType.Int64, 8, false)]
    [InlineData(ScalarType.Bool, 1, false)]
    [InlineData(ScalarType.Float16, 2, true)]
    [InlineData(ScalarType.BFloat16, 2, true)]
    [InlineData(ScalarType.Float32, 4, true)]
    [InlineData(ScalarType.Float64, 8, true)]
    public void Of_checkpoints_go_out_and_in_as_bytes(ScalarType type, int width, bool isReal)
    {
        Tensor source = tensor(new[] { 0.0, 1, 1, 0, 1 }).to(type);
        Tensor copy = empty([5], type);

        source.bytes.CopyTo(copy.bytes);

        Assert.Equal(5 * width, source.bytes.Length);
        Assert.Equal(width, source.element_size());
        Assert.Equal(isReal, source.is_floating_point());
        Assert.True(copy.Equals(source));
    }

    [Fact]
    public void Have_bytes_that_are_the_memory_itself()
    {
        Tensor x = ones(2, 2);

        MemoryMarshal.Cast<byte, float>(x.bytes)[3] = 4;

        Elements.MustBe(x, 1, 1, 1, 4);
        Assert.Equal(8, x.narrow(0, 1, 1).bytes.Length);
        Assert.Equal(0, empty([0, 3], float32).bytes.Length);
        Assert.Throws<InvalidOperationException>(() => x.t().bytes.Length);
    }

    [Fact]
    public void Are_read_as_elements_in_the_order_of_the_view()
    {
        Tensor columns = arange(6, dtype: float64).reshape(2, 3).t();

        Assert.Equal([0.0, 3, 1, 4, 2, 5], columns.data<double>().ToArray());
        Assert.Equal([0.0, 3, 1, 4, 2, 5], columns.contiguous().data<double>().ToArray());
        Assert.Equal([true, false], tensor(new[] { 1.0, 0 }).eq(1).data<bool>().ToArray());
        Assert.Throws<ArgumentException>(() => columns.data<float>());
    }

    [Fact]
    public void Come_out_as_one_number_where_there_is_one()
    {
        Assert.Equal(2.5, tensor(2.5).item<double>());
        Assert.Equal(2.5, tensor(2.5f).ToScalar().ToDouble());
        Assert.Throws<ArgumentException>(() => tensor(2.5).item<float>());
        Assert.Throws<ArgumentException>(() => ones(2).item<float>());
    }

    [Fact]
    public void Round_to_the_nearest_and_to_even_between_two()
    {
        Assert.Equal([0x80, 0x3F], tensor(new[] { 1.00390625 }).to(bfloat16).bytes.ToArray());
        Elements.MustBe(tensor(new[] { 1.001, 1.01171875 }).to(bfloat16), 1e-12, [1, 1.015625]);
        Elements.MustBe(zeros([1], float64).copy_(tensor(new[] { 1.001 }).to(float16)), 1e-12, [1.0009765625]);
    }

    // A factor leaves the model's type as it is, whether it is a number or a tensor without dimensions.
    [Fact]
    public void Are_not_widened_by_numbers()
    {
        using Scalar half = 0.5;
        Tensor x = ones([2], dtype: bfloat16);

        Assert.Equal(ScalarType.BFloat16, x.mul(half).dtype);
        Assert.Equal(ScalarType.BFloat16, (x * tensor(0.5)).dtype);
        Assert.Equal(ScalarType.Float64, (x * tensor(new[] { 0.5 })).dtype);
    }

    // The house keeps its numbers alive and uses them again, on several threads.
    [Fact]
    public void Do_not_bind_a_number_to_one_call()
    {
        using Scalar third = 1.0 / 3;
        double[] found = new double[32];

        Parallel.For(
            0,
            found.Length,
            i =>
            {
                using DisposeScope scope = NewDisposeScope();
                found[i] = ones([], i % 2 == 0 ? float64 : float32).mul(third).to(float64).item<double>();
            }
        );

        Assert.All(found, (value, i) => Assert.Equal(i % 2 == 0 ? 1.0 / 3 : 1f / 3, value));
    }

    // A checkpoint whose unembedding only repeats the embedding is compared after conversion.
    [Fact]
    public void Do_not_matter_to_equality()
    {
        Assert.True(ones(2).Equals(ones([2], dtype: float64)));
        Assert.False(ones(2).Equals(ones(1, 2)));
        Assert.False(tensor(double.NaN).Equals(tensor(double.NaN)));
    }

    // 'doctor' and the loading of a checkpoint try a product in the type that is asked for.
    [Fact]
    public void That_are_small_compute_on_a_processor()
    {
        Elements.MustBe(ones(2, 2, bfloat16).mm(ones(2, 1, bfloat16)), 2, 2);
        Elements.MustBe(ones(2, 2, float16).mm(ones(2, 1, float16)), 2, 2);
    }
}
