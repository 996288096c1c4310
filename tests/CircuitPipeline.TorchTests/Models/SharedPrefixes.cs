using CircuitPipeline.Circuits.Config;
using CircuitPipeline.Models;
using CircuitPipeline.Models.Activations;
using CircuitPipeline.Models.Layers;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace CircuitPipeline.TorchTests.Models;

public sealed class SharedPrefixes
{
    public static TheoryData<string> Families => ["parallel", "sequential", "gpt2"];

    [Theory]
    [MemberData(nameof(Families))]
    public void Leave_what_follows_as_it_is(string family)
    {
        using DisposeScope scope = NewDisposeScope();
        using Transformer model = FilledModel.Create(Config(family));
        Tensor whole = tensor([1L, 2, 3, 4, 5, 1, 2, 3, 6, 7], [2, 5]);
        Tensor expected = model.Residual(whole, ActivationHooks.None);

        SharedPrefix prefix = model.Prefix(whole.narrow(0, 0, 1).narrow(1, 0, 3));

        Tensor rest = model.Residual(whole.narrow(1, 3, 2), ActivationHooks.None, prefix);
        Assert.Equal(3, prefix.Length);
        Assert.True(rest.allclose(expected.narrow(1, 3, 2), 1e-12, 1e-12));
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void Can_follow_each_other(string family)
    {
        using DisposeScope scope = NewDisposeScope();
        using Transformer model = FilledModel.Create(Config(family));
        Tensor whole = tensor([1L, 2, 3, 4, 5, 1, 2, 8, 6, 7], [2, 5]);
        Tensor expected = model.Residual(whole, ActivationHooks.None);

        SharedPrefix common = model.Prefix(whole.narrow(0, 0, 1).narrow(1, 0, 2));
        SharedPrefix each = model.Prefix(whole.narrow(1, 2, 1), common);

        Tensor rest = model.Residual(whole.narrow(1, 3, 2), ActivationHooks.None, each);
        Assert.Equal(3, each.Length);
        Assert.True(rest.allclose(expected.narrow(1, 3, 2), 1e-12, 1e-12));
    }

    [Fact]
    public void Count_towards_the_context()
    {
        using DisposeScope scope = NewDisposeScope();
        using Transformer model = TinyModel.Create();
        SharedPrefix prefix = model.Prefix(TinyModel.Tokens(new long[7]));

        ArgumentException error = Assert.Throws<ArgumentException>(() =>
            model.Residual(TinyModel.Tokens(new long[6]), ActivationHooks.None, prefix)
        );

        Assert.Equal("A prompt of 13 tokens is longer than the model's context of 12.", error.Message);
    }

    private static TransformerConfig Config(string family) =>
        family == "gpt2" ? TinyModel.Gpt2Config() : TinyModel.Config(isParallel: family == "parallel");
}
