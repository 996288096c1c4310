using CircuitPipeline.Models;
using CircuitPipeline.Models.Activations;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace CircuitPipeline.TorchTests.Models;

public sealed class Gpt2Activations : IDisposable
{
    private readonly Transformer _model = FilledModel.Create(TinyModel.Gpt2Config());
    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly Dictionary<string, Tensor> _seen = [];

    public void Dispose()
    {
        _scope.Dispose();
        _model.Dispose();
    }

    [Fact]
    public void Come_once_each_and_leave_the_logits_as_they_are()
    {
        Tensor tokens = TinyModel.Tokens(1, 2, 3, 4, 5);

        Assert.True(_model.forward(tokens).Equals(Read(tokens)));
        Assert.Equal(HookNames.All(_model.Config), _seen.Keys);
    }

    [Fact]
    public void Of_the_embedding_do_not_hold_the_positions()
    {
        Read(TinyModel.Tokens(3, 3, 3));

        Tensor embedded = _seen[HookNames.Embed];
        Tensor positions = _model.get_parameter("transformer.wpe.weight")!.narrow(0, 0, 3);
        Assert.True(embedded.select(1, 0).Equals(embedded.select(1, 2)));
        Assert.True((embedded + positions).Equals(_seen[HookNames.ResidualBefore(0)]));
    }

    [Fact]
    public void Of_the_queries_are_the_first_third_of_the_fused_map()
    {
        Read(TinyModel.Tokens(1, 2));

        Tensor map = _model.get_parameter("transformer.h.0.attn.c_attn.weight")!.narrow(0, 0, 8);
        Tensor bias = _model.get_parameter("transformer.h.0.attn.c_attn.bias")!.narrow(0, 0, 8);
        Tensor queries = nn.functional.linear(_seen[HookNames.AttentionInput(0)], map, bias);
        Assert.True(queries.allclose(_seen[HookNames.Query(0)].flatten(2), 1e-12, 1e-12));
    }

    [Fact]
    public void After_a_change_of_place_are_others()
    {
        Tensor first = _model.forward(TinyModel.Tokens(2, 2)).select(1, 0);
        Tensor second = _model.forward(TinyModel.Tokens(2, 2)).select(1, 1);

        Assert.False(first.allclose(second, 1e-6, 1e-6));
    }

    [Fact]
    public void Of_prompts_padded_on_the_right_are_the_same()
    {
        Tensor plain = _model.forward(TinyModel.Tokens(1, 2, 3));

        Tensor padded = _model.forward(TinyModel.Tokens(1, 2, 3, 0, 0));

        Assert.True(plain.allclose(padded.narrow(1, 0, 3), 1e-12, 1e-12));
    }

    private Tensor Read(Tensor tokens) =>
        _model.Forward(tokens, ActivationHooks.None.Reading(HookNames.All(_model.Config), _seen.Add));
}
