using Xunit;
using static TorchSharp.torch;

namespace CircuitPipeline.TorchTests.Engine;

public sealed class Factories
{
    [Fact]
    public void Make_Float32_unless_a_type_is_given()
    {
        Assert.Equal(ScalarType.Float32, zeros(2).dtype);
        Assert.Equal(ScalarType.Float32, randn([2]).dtype);
        Assert.Equal(ScalarType.Float64, ones([2], dtype: float64).dtype);
        Assert.Equal(ScalarType.BFloat16, empty([2], dtype: bfloat16).dtype);
    }

    [Fact]
    public void Keep_the_element_type_of_an_array()
    {
        Assert.Equal(ScalarType.Int64, tensor(new long[] { 1 }).dtype);
        Assert.Equal(ScalarType.Int32, tensor(new[] { 1 }).dtype);
        Assert.Equal(ScalarType.Float64, tensor(new[] { 1.0 }).dtype);
        Assert.Equal(ScalarType.Float32, tensor(new[] { 1f }).dtype);
        Assert.Equal(ScalarType.Bool, tensor(new[] { true }).dtype);
    }

    [Fact]
    public void Make_tensors_without_dimensions_from_single_numbers()
    {
        Assert.Equal(0, tensor(2.5).dim());
        Assert.Equal(2.5, tensor(2.5).item<double>());
        Assert.Equal(2.5f, tensor(2.5f).item<float>());
        Assert.Equal(7L, tensor(7L).item<long>());
        Assert.Equal(7, tensor(7).item<int>());
        Assert.True(tensor(true).item<bool>());
    }

    [Fact]
    public void Lay_arrays_out_row_by_row()
    {
        Tensor rows = tensor(
            new long[,]
            {
                { 1, 2, 3 },
                { 4, 5, 6 },
            }
        );

        Assert.Equal([2, 3], rows.shape);
        Elements.MustBe(rows, 1, 2, 3, 4, 5, 6);
        Elements.MustBe(tensor(new[] { 1f, 2f, 3f, 4f }, [2, 2])[1], 3, 4);
        Elements.MustBe(tensor(new List<double> { 1, 2, 3, 4 }, 2, 2)[0], 1, 2);
        Elements.MustBe(
            tensor(
                new[,]
                {
                    { 1.0 },
                    { 2.0 },
                }
            ),
            1,
            2
        );
        Elements.MustBe(
            tensor(
                new[,]
                {
                    { 1f },
                    { 2f },
                }
            ),
            1,
            2
        );
        Elements.MustBe(
            tensor(
                new[,]
                {
                    { 1 },
                    { 2 },
                }
            ),
            1,
            2
        );
        Elements.MustBe(
            tensor(
                new[,]
                {
                    { true },
                    { false },
                }
            ),
            1,
            0
        );
    }

    [Fact]
    public void Copy_the_array_they_are_given()
    {
        double[] array = [1, 2];
        Tensor copy = tensor(array);

        array[0] = 9;

        Elements.MustBe(copy, 1, 2);
    }

    [Fact]
    public void Convert_to_the_type_that_is_asked_for()
    {
        Assert.Equal(ScalarType.Float32, tensor(new long[] { 1, 2 }, dtype: float32).dtype);
        Assert.Equal(ScalarType.Float16, tensor(new[] { 0.5 }, dtype: float16).dtype);
    }

    [Fact]
    public void Refuse_fewer_values_than_elements() =>
        Assert.Throws<ArgumentException>(() => tensor(new[] { 1f, 2f, 3f }, [2, 2]));

    [Fact]
    public void Count_in_ranges()
    {
        Assert.Equal(ScalarType.Int64, arange(4).dtype);
        Elements.MustBe(arange(4), 0, 1, 2, 3);
        Elements.MustBe(arange(2, 5), 2, 3, 4);
        Elements.MustBe(arange(0, 1, 0.25), 0, 0.25, 0.5, 0.75);
        Assert.Equal(ScalarType.Float32, arange(0, 1, 0.25).dtype);
        Assert.Equal(ScalarType.Float64, arange(3, dtype: float64).dtype);
        Elements.MustBe(linspace(0, 1, 5), 0, 0.25, 0.5, 0.75, 1);
    }

    [Fact]
    public void Fill_and_make_identities()
    {
        Elements.MustBe(full([2], 3.5, dtype: float64), 3.5, 3.5);
        Elements.MustBe(full(1, 2, 7, dtype: int64), 7, 7);
        Elements.MustBe(full(2, 7.0), 7, 7);
        Elements.MustBe(eye(2), 1, 0, 0, 1);
        Elements.MustBe(eye(1, 2), 1, 0);
    }

    [Fact]
    public void Make_likenesses_of_the_same_shape_and_type()
    {
        Tensor model = zeros([2, 1], dtype: float64);

        Elements.MustBe(ones_like(model), 1, 1);
        Elements.MustBe(full_like(model, 4), 4, 4);
        Elements.MustBe(zeros_like(ones_like(model)), 0, 0);
        Assert.Equal(ScalarType.Float64, empty_like(model).dtype);
        Assert.Equal(ScalarType.Float32, randn_like(model, dtype: float32).dtype);
    }

    [Fact]
    public void Accept_up_to_four_sizes()
    {
        Assert.All([ones(2), zeros(2), empty(2), rand(2), randn(2)], made => Assert.Equal([2], made.shape));
        Assert.All(
            [ones(2, 3), zeros(2, 3), empty(2, 3), rand(2, 3), randn(2, 3)],
            made => Assert.Equal([2, 3], made.shape)
        );
        Assert.All(
            [ones(2, 3, 4), zeros(2, 3, 4), empty(2, 3, 4), rand(2, 3, 4), randn(2, 3, 4)],
            made => Assert.Equal([2, 3, 4], made.shape)
        );
        Assert.All(
            [ones(2, 3, 4, 5), zeros(2, 3, 4, 5), empty(2, 3, 4, 5), rand(2, 3, 4, 5), randn(2, 3, 4, 5)],
            made => Assert.Equal([2, 3, 4, 5], made.shape)
        );
        Assert.Equal([2, 0], ones([2, 0]).shape);
    }

    [Fact]
    public void Record_gradients_where_asked()
    {
        Assert.True(ones(2, requires_grad: true).requires_grad);
        Assert.True(tensor(new[] { 1.0 }, requires_grad: true).requires_grad);
        Assert.False(ones(2).requires_grad);
    }
}
