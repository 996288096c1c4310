using CircuitPipeline.Models;
using CircuitPipeline.Models.Activations;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace CircuitPipeline.TorchTests.Models;

public sealed class ReplacedActivations : IDisposable
{
    private readonly Transformer _model = TinyModel.Create();
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose()
    {
        _scope.Dispose();
        _model.Dispose();
    }

    [Fact]
    public void Carry_one_prompts_residual_into_another()
    {
        Tensor clean = TinyModel.Tokens(1, 2, 3);
        Tensor corrupted = TinyModel.Tokens(4, 5, 6);
        Dictionary<string, Tensor> seen = [];
        Tensor expected = _model.Forward(
            corrupted,
            ActivationHooks.None.Reading([HookNames.ResidualBefore(1)], seen.Add)
        );

        Tensor patched = _model.Forward(
            clean,
            ActivationHooks.None.With(HookNames.ResidualBefore(1), _ => seen[HookNames.ResidualBefore(1)])
        );

        Assert.True(patched.Equals(expected));
    }

    [Fact]
    public void Remove_exactly_what_they_replace()
    {
        Tensor tokens = TinyModel.Tokens(1, 2, 3);
        Dictionary<string, Tensor> seen = [];
        string mlp = HookNames.MlpOutput(1);
        _model.Forward(tokens, ActivationHooks.None.Reading([mlp, HookNames.ResidualAfter(1)], seen.Add));

        Tensor without = _model.Residual(tokens, ActivationHooks.None.With(mlp, output => output * 0));

        Assert.True((seen[HookNames.ResidualAfter(1)] - seen[mlp]).allclose(without, 1e-12, 1e-12));
    }

    [Fact]
    public void Are_gone_in_the_next_call()
    {
        Tensor tokens = TinyModel.Tokens(1, 2, 3);
        Tensor before = _model.forward(tokens);

        _model.Forward(tokens, ActivationHooks.None.With(HookNames.Embed, embedded => embedded * 0));

        Assert.True(_model.forward(tokens).Equals(before));
    }

    [Fact]
    public void Run_in_the_order_in_which_they_were_added()
    {
        Tensor tokens = TinyModel.Tokens(1, 2, 3);
        Tensor? seen = null;
        ActivationHooks hooks = ActivationHooks
            .None.With(HookNames.Embed, embedded => embedded * 0)
            .Reading([HookNames.Embed], (_, embedded) => seen = embedded);

        _model.Forward(tokens, hooks);

        Assert.Equal(0.0, seen!.abs().max().item<double>());
    }

    [Fact]
    public void With_an_unknown_name_are_refused()
    {
        ActivationHooks hooks = ActivationHooks.None.With("blocks.7.hook_resid_pre", x => x);

        ArgumentException error = Assert.Throws<ArgumentException>(() => _model.Forward(TinyModel.Tokens(1), hooks));

        Assert.StartsWith("The model has no activation 'blocks.7.hook_resid_pre'", error.Message);
    }

    [Fact]
    public void Of_another_shape_are_refused()
    {
        ActivationHooks hooks = ActivationHooks.None.With(HookNames.Embed, embedded => embedded.narrow(1, 0, 1));

        ArgumentException error = Assert.Throws<ArgumentException>(() => _model.Forward(TinyModel.Tokens(1, 2), hooks));

        Assert.Equal(
            "The replacement of 'hook_embed' has shape [1, 1, 8], but the activation has [1, 2, 8].",
            error.Message
        );
    }
}
