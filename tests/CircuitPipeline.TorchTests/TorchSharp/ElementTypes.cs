using System.Runtime.InteropServices;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace CircuitPipeline.TorchTests.Engine;

public sealed class ElementTypes
{
    [Theory]
    [InlineData(ScalarType.Byte, 1, false)]
    [InlineData(ScalarType.Int8, 1, false)]
    [InlineData(ScalarType.Int16, 2, false)]
    [InlineData(ScalarType.Int32, 4, false)]
    [InlineData(ScalarType.Int64, 8, false)]
    [InlineData(ScalarType.Bool, 1, false)]
    [InlineData(ScalarType.Float16, 2, true)]
    [InlineData(ScalarType.BFloat16, 2, true)]
    [InlineData(ScalarType.Float32, 4, true)]
    [InlineData(ScalarType.Float64, 8, true)]
    public void Survive_the_way_out_and_in_as_bytes(ScalarType type, int width, bool isReal)
    {
        Tensor source = tensor(new[] { 0.0, 1, 1, 0, 1 }).to(type);
        byte[] bytes = source.bytes.ToArray();
        Tensor copy = zeros([5], dtype: type);

        copy.bytes = bytes;

        Assert.Equal(5 * width, bytes.Length);
        Assert.Equal(width, source.element_size());
        Assert.Equal(isReal, source.is_floating_point());
        Assert.True(copy.Equals(source));
    }

    [Fact]
    public void Have_their_standard_bit_patterns()
    {
        Assert.Equal([0x80, 0x3F], tensor(new[] { 1.0 }).to(bfloat16).bytes.ToArray());
        Assert.Equal([0x00, 0x3C], tensor(new[] { 1.0 }).to(float16).bytes.ToArray());
        Assert.Equal(BitConverter.GetBytes(1.5f), tensor(new[] { 1.5f }).bytes.ToArray());
    }

    [Fact]
    public void Round_to_the_nearest_that_the_type_has()
    {
        Assert.Equal(1.0, tensor(new[] { 1.001 }).to(bfloat16).to(float64)[0].item<double>());
        Assert.Equal(1.0009765625, tensor(new[] { 1.001 }).half().@double()[0].item<double>());
    }

    [Fact]
    public void Are_converted_by_name()
    {
        Tensor x = tensor(new[] { 2.0 });

        Assert.Equal(ScalarType.Float32, x.@float().dtype);
        Assert.Equal(ScalarType.Int64, x.@long().dtype);
        Assert.Equal(ScalarType.Int32, x.@int().dtype);
        Assert.Equal(ScalarType.Bool, x.@bool().dtype);
        Assert.Equal(ScalarType.BFloat16, x.bfloat16().dtype);
        Assert.Equal(ScalarType.Int16, x.to_type(int16).dtype);
        Assert.Equal(ScalarType.Int8, x.to(int8).type_as(x.to(uint8)).to(int8).dtype);
        Assert.Equal(ScalarType.Float64, ones(1).to(x).dtype);
    }

    [Fact]
    public void Must_match_the_type_that_is_read()
    {
        Assert.Throws<ArgumentException>(() => ones(2).data<double>());
        Assert.Throws<ArgumentException>(() => ones([], dtype: float64).item<float>());
    }

    [Fact]
    public void Are_read_through_the_strides_of_a_view()
    {
        Tensor rows = arange(6, dtype: float64).reshape(2, 3);
        Tensor columns = rows.t();

        Assert.False(columns.is_contiguous());
        Assert.Equal([1, 3], columns.stride());
        Assert.Equal([0.0, 3, 1, 4, 2, 5], columns.data<double>().ToArray());
        Assert.Equal([0.0, 3, 1, 4, 2, 5], columns.data<double>());
        Assert.Equal(5.0, columns.data<double>()[2, 1]);
        Assert.Equal(6, columns.data<double>().Count);
        Assert.Equal([1.0, 4], rows[.., 1].data<double>().ToArray());
    }

    [Fact]
    public void Are_read_from_an_expanded_tensor() =>
        Assert.Equal([1.0, 2, 1, 2], tensor(new[] { 1.0, 2 }).expand(2, 2).data<double>().ToArray());

    [Fact]
    public void Are_written_in_place()
    {
        Tensor rows = zeros([2, 2], dtype: float64);

        rows.data<double>()[1, 0] = 5;
        rows.t().data<double>().CopyFrom(new[] { 1.0, 2 });

        Elements.MustBe(rows, 1, 0, 2, 0);
    }

    [Fact]
    public void Are_copied_as_far_as_the_array_reaches()
    {
        double[] target = new double[3];

        arange(4, dtype: float64).data<double>().CopyTo(target, 1, 2);

        Assert.Equal([0.0, 2, 3], target);
    }

    [Fact]
    public void Have_no_bytes_where_the_view_is_not_contiguous() =>
        Assert.ThrowsAny<Exception>(() => ones(2, 3).t().bytes.Length);

    [Fact]
    public void Cannot_be_set_from_the_wrong_number_of_bytes()
    {
        Tensor target = zeros(2);

        Assert.Throws<ArgumentException>(() => target.bytes = new byte[7]);
    }

    [Fact]
    public void Are_shared_with_the_span_of_bytes()
    {
        Tensor x = ones(2);

        MemoryMarshal.Cast<byte, float>(x.bytes)[1] = 4;

        Elements.MustBe(x, 1, 4);
    }

    [Fact]
    public void Come_out_as_scalars()
    {
        Assert.Equal(2.5, tensor(2.5).ToScalar().ToDouble());
        Assert.Equal(2.5f, tensor(2.5f).ToScalar().ToSingle());
        Assert.Equal(3L, tensor(3L).ToScalar().ToInt64());
        Assert.Equal(3, tensor(3).ToScalar().ToInt32());
        Assert.True(tensor(true).ToScalar().ToBoolean());
    }

    [Fact]
    public void Are_one_element_for_item() => Assert.Throws<ArgumentException>(() => ones(2).item<float>());
}
