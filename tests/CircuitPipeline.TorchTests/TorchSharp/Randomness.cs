using Xunit;
using static TorchSharp.torch;

namespace CircuitPipeline.TorchTests.Engine;

[Collection(ProcessWideState.Name)]
public sealed class Randomness
{
    [Fact]
    public void Of_the_same_seed_is_the_same()
    {
        manual_seed(7);
        Tensor first = randn(5);
        random.manual_seed(7);
        Tensor second = randn(5);

        Assert.True(first.Equals(second));
        Assert.False(first.Equals(randn(5)));
    }

    [Fact]
    public void Of_the_default_generator_covers_layers_and_dropout()
    {
        Tensor Draw()
        {
            manual_seed(3);
            return nn.functional.dropout(nn.Linear(4, 4).weight, 0.5);
        }

        Assert.True(Draw().Equals(Draw()));
    }

    [Fact]
    public void Of_two_generators_is_independent()
    {
        using Generator a = new(1);
        using Generator b = new(1);

        Tensor first = rand([3], generator: a);
        rand([100], generator: b);
        Tensor next = rand([3], generator: a);
        a.manual_seed(1);

        Assert.True(first.Equals(rand([3], generator: a)));
        Assert.True(next.Equals(rand([3], generator: a)));
        Assert.Equal(1, a.initial_seed());
    }

    [Fact]
    public void Of_a_generator_leaves_the_default_one_alone()
    {
        manual_seed(5);
        Tensor expected = rand(3);
        manual_seed(5);
        using Generator own = new(9);

        rand([10], generator: own);
        zeros(4).normal_(generator: own);

        Assert.True(expected.Equals(rand(3)));
        Assert.Equal(5, Generator.Default.initial_seed());
    }

    [Fact]
    public void Stays_within_its_bounds()
    {
        using Generator generator = new(2);
        Tensor whole = randint(3, 6, [1000], generator: generator);
        Tensor below = randint(2, [100], generator: generator);
        Tensor real = empty([1000], dtype: float64).uniform_(-2, -1, generator);

        Assert.Equal((3, 5), (whole.min().item<long>(), whole.max().item<long>()));
        Assert.Equal((0, 1), (below.min().item<long>(), below.max().item<long>()));
        Assert.InRange(real.min().item<double>(), -2, -1.9);
        Assert.InRange(real.max().item<double>(), -1.1, -1);
    }

    [Fact]
    public void Has_the_moments_asked_for()
    {
        using Generator generator = new(4);
        Tensor normal = empty([20000], dtype: float64).normal_(3, 2, generator);

        Assert.InRange(normal.mean().item<double>(), 2.9, 3.1);
        Assert.InRange(normal.std().item<double>(), 1.95, 2.05);
        Assert.InRange(full([20000], 0.25).bernoulli(generator).mean().item<float>(), 0.23f, 0.27f);
        Assert.InRange(bernoulli(full([20000], 0.5), generator).mean().item<float>(), 0.48f, 0.52f);
    }

    [Fact]
    public void Permutes_and_picks()
    {
        using Generator generator = new(6);
        Tensor order = randperm(50, generator: generator);
        Tensor picks = multinomial(tensor(new[] { 0.0, 1, 0, 2 }), 20, replacement: true, generator: generator);

        Assert.Equal(Enumerable.Range(0, 50).Select(i => (double)i), Elements.Of(order).Order());
        Assert.All(Elements.Of(picks), pick => Assert.True(pick is 1 or 3));
    }
}
