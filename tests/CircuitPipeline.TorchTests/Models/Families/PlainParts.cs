using Xunit;

namespace CircuitPipeline.TorchTests.Models.Families;

/// <summary>The plain activations, norms and attention against numbers from elsewhere and cases solved by hand.</summary>
public sealed class PlainParts
{
    // From the error function and the hyperbolic tangent of a C library.
    [Theory]
    [InlineData("gelu", -3, -0.00404969409489031)]
    [InlineData("gelu", -1, -0.15865525393145707)]
    [InlineData("gelu", 0.3, 0.18537342665668577)]
    [InlineData("gelu", 7, 6.999999999991041)]
    [InlineData("gelu_new", -3, -0.0036373920817729943)]
    [InlineData("gelu_pytorch_tanh", 2, 1.954597694087775)]
    [InlineData("silu", -1, -0.2689414213699951)]
    [InlineData("silu", 2, 1.7615941559557646)]
    [InlineData("relu", -1, 0)]
    [InlineData("relu", 2, 2)]
    public void Activations_have_their_values(string name, double x, double value) =>
        Assert.Equal(value, PlainActivations.Apply(name, x), 1e-14);

    [Theory]
    [InlineData(60, 50, 41.68273035)]
    [InlineData(40, 30, 26.10184985)]
    public void Soft_caps_have_the_published_values(double score, double cap, double value) =>
        Assert.Equal(value, PlainAttention.SoftCap(score, cap), 1e-8);

    // Mean square of (3, 4) is 12.5, plus 3.5 is 16.
    [Fact]
    public void RmsNorm_divides_by_the_root_of_the_mean_square() =>
        Assert.Equal([1.5, -3.0], PlainNorms.RmsNorm([3, 4], [2, -3], 3.5));

    // Mean 3, variance 4, plus 5 is 9.
    [Fact]
    public void LayerNorm_divides_by_the_standard_deviation_of_the_population() =>
        Assert.Equal([-2.0 / 3 + 10, 20 + 2.0], PlainNorms.LayerNorm([1, 5], [1, 3], [10, 20], 5));

    [Fact]
    public void Attention_to_one_token_is_its_value() =>
        Assert.Equal(
            [
                [7.0, 8],
            ],
            PlainAttention.Mix(
                [
                    [
                        [1, 2],
                    ],
                ],
                [
                    [
                        [3, 4],
                    ],
                ],
                [
                    [
                        [7, 8],
                    ],
                ],
                1,
                null,
                null
            )
        );

    // Scores ln 3 and 0 give 3/4 and 1/4.
    [Fact]
    public void Attention_is_the_softmax_of_the_scaled_scores()
    {
        double[] mixed = PlainAttention.Mix(
            [
                [
                    [0],
                ],
                [
                    [1],
                ],
            ],
            [
                [
                    [2 * Math.Log(3)],
                ],
                [
                    [0],
                ],
            ],
            [
                [
                    [4],
                ],
                [
                    [8],
                ],
            ],
            .5,
            null,
            null
        )[1];

        Assert.Equal(5, Assert.Single(mixed), 1e-14);
    }

    [Fact]
    public void A_window_of_one_sees_its_own_value() =>
        Assert.Equal(
            [
                [4.0],
                [8.0],
                [9.0],
            ],
            PlainAttention.Mix(
                [
                    [
                        [1],
                    ],
                    [
                        [1],
                    ],
                    [
                        [1],
                    ],
                ],
                [
                    [
                        [5],
                    ],
                    [
                        [1],
                    ],
                    [
                        [2],
                    ],
                ],
                [
                    [
                        [4],
                    ],
                    [
                        [8],
                    ],
                    [
                        [9],
                    ],
                ],
                1,
                null,
                1
            )
        );

    // With equal scores the mean of what is visible.
    [Theory]
    [InlineData(2, 8.5)]
    [InlineData(3, 7)]
    [InlineData(4, 7)]
    public void A_window_holds_the_query_itself(int window, double last) =>
        Assert.Equal(
            [last],
            PlainAttention.Mix(
                [
                    [
                        [0],
                    ],
                    [
                        [0],
                    ],
                    [
                        [0],
                    ],
                ],
                [
                    [
                        [5],
                    ],
                    [
                        [1],
                    ],
                    [
                        [2],
                    ],
                ],
                [
                    [
                        [4],
                    ],
                    [
                        [8],
                    ],
                    [
                        [9],
                    ],
                ],
                1,
                null,
                window
            )[2]
        );

    [Fact]
    public void Query_heads_share_key_heads_in_runs() =>
        Assert.Equal(
            [
                [10.0, 10, 20, 20],
            ],
            PlainAttention.Mix(
                [
                    [
                        [1],
                        [1],
                        [1],
                        [1],
                    ],
                ],
                [
                    [
                        [1],
                        [1],
                    ],
                ],
                [
                    [
                        [10],
                        [20],
                    ],
                ],
                1,
                null,
                null
            )
        );

    // cap tanh(score / cap) of an enormous score is the cap: e^(ln 3) against e^0.
    [Fact]
    public void Scores_are_capped_after_they_are_scaled()
    {
        double[] mixed = PlainAttention.Mix(
            [
                [
                    [0],
                ],
                [
                    [1e9],
                ],
            ],
            [
                [
                    [1],
                ],
                [
                    [0],
                ],
            ],
            [
                [
                    [4],
                ],
                [
                    [8],
                ],
            ],
            .5,
            Math.Log(3),
            null
        )[1];

        Assert.Equal(5, Assert.Single(mixed), 1e-14);
    }
}
