using CircuitPipeline.Pipeline.Running;
using Xunit;

namespace CircuitPipeline.Tests.Studies;

public sealed class CanonicalTexts
{
    private static Outer Sample => new(6, new Inner(3e-3, [0.9, 1]), "gelu \"exact\" ü\n", null, [new Inner(1e-5, [])]);

    [Fact]
    public void Keys_are_sorted_and_numbers_are_as_short_as_they_round_trip() =>
        Assert.Equal(
            """{"activation":"gelu \"exact\" ü\n","more":[{"betas":[],"lr":1E-05}],"n_layers":6,"pretrain":{"betas":[0.9,1],"lr":0.003}}""",
            CanonicalJson.Write(Sample)
        );

    [Fact]
    public void Leaves_are_named_by_their_path() =>
        Assert.Equal(
            [
                "activation=\"gelu \\\"exact\\\" ü\\n\"",
                "more[0].betas=[]",
                "more[0].lr=1E-05",
                "n_layers=6",
                "pretrain.betas=[0.9,1]",
                "pretrain.lr=0.003",
            ],
            CanonicalJson.Leaves(Sample).Select(leaf => $"{leaf.Key}={leaf.Value}")
        );

    [Fact]
    public void A_key_without_a_value_is_left_out_so_that_a_new_one_changes_no_text() =>
        Assert.Equal("""{"given":1}""", CanonicalJson.Write(new { Given = 1, Left = (int?)null }));

    [Fact]
    public void A_number_of_the_spec_comes_back_exactly()
    {
        Random random = new(5);
        for (int i = 0; i < 1_000; i++)
        {
            double number = BitConverter.Int64BitsToDouble(random.NextInt64());
            if (double.IsFinite(number))
            {
                Assert.Equal(
                    number,
                    double.Parse(CanonicalJson.Write(number), System.Globalization.CultureInfo.InvariantCulture)
                );
            }
        }
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void What_JSON_cannot_say_is_refused(double number) =>
        Assert.Throws<ArgumentException>(() => CanonicalJson.Write(number));

    [Fact]
    public void A_list_that_is_no_array_is_refused_rather_than_left_out_of_a_key() =>
        Assert.Throws<ArgumentException>(() => CanonicalJson.Leaves(new { Numbers = new List<int> { 1 } }));

    [Fact]
    public void Members_of_an_enumeration_are_words_with_hyphens() =>
        Assert.Equal("\"top-edges\"", CanonicalJson.Write(Kind.TopEdges));

    private sealed record Inner(double Lr, double[] Betas);

    private sealed record Outer(int NLayers, Inner Pretrain, string Activation, bool? Tied, Inner[] More);

    private enum Kind
    {
        TopEdges,
    }
}
