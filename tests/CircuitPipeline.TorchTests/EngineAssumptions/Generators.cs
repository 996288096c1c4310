using TorchSharp.Modules;
using Xunit;
using static TorchSharp.torch;

namespace CircuitPipeline.TorchTests.EngineAssumptions;

/// <summary>New models and adapters are drawn from generators with seeds of a study: the same seed, the same numbers.</summary>
[Collection(ProcessWideState.Name)]
public sealed class Generators
{
    // Other numbers would change every base model of every study.
    [Fact]
    public void Begin_with_known_numbers()
    {
        Elements.MustBe(Drawn(Normal, 3, float32), -0.1467951, 0.7861413, 0.9468216);
        Elements.MustBe(Drawn(Normal, 3, float64), -0.1467951, 0.7861413, 0.9468216);
        Elements.MustBe(Drawn(Uniform, 3, float32), 0.5349225, 0.1988032, 0.6592117);
        Elements.MustBe(Drawn(Uniform, 3, float64), 0.2793804, 0.2736937, 0.8620930);
        // Odd: from 16 on normal numbers come in another order, and their last bits depend on the processor.
        Elements.MustBe(Drawn(Normal, 16, float32).narrow(0, 0, 3), -0.8201345, 0.3956312, 0.8989085);
    }

    [Fact]
    public void Are_independent_of_one_another_and_of_the_default_one() =>
        KeepingDefault(() =>
        {
            manual_seed(5);
            Tensor expected = rand(3);
            manual_seed(5);
            using Generator own = new(9);
            using Generator another = new(9);

            Tensor first = empty(4).normal_(0, 1, own);
            empty(4).uniform_(0, 1, own);

            Assert.True(expected.Equals(rand(3)));
            Assert.True(first.Equals(empty(4).normal_(0, 1, another)));
        });

    // Why the house makes linear maps of parameters that it fills itself.
    [Fact]
    public void Do_not_serve_modules_which_fill_their_weights_from_the_default_one() =>
        KeepingDefault(() =>
        {
            manual_seed(3);
            using Linear first = nn.Linear(2, 2);
            manual_seed(3);
            using Linear second = nn.Linear(2, 2);
            using Linear third = nn.Linear(2, 2);

            Assert.True(first.weight.Equals(second.weight));
            Assert.False(first.weight.Equals(third.weight));
        });

    private static Tensor Normal(Tensor place, Generator generator) => place.normal_(0, 1, generator);

    private static Tensor Uniform(Tensor place, Generator generator) => place.uniform_(0, 1, generator);

    private static Tensor Drawn(Func<Tensor, Generator, Tensor> draw, long count, ScalarType type)
    {
        using Generator generator = new(7);
        return draw(empty([count], type), generator);
    }

    private static void KeepingDefault(Action test)
    {
        using Generator shared = Generator.Default;
        using Tensor state = shared.get_state();
        try
        {
            test();
        }
        finally
        {
            shared.set_state(state);
        }
    }
}
