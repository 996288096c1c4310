using CircuitPipeline.Models;
using CircuitPipeline.Models.Activations;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace CircuitPipeline.TorchTests.Models;

public sealed class ReadActivations : IDisposable
{
    private readonly Transformer _model = TinyModel.Create();
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
        Tensor plain = _model.forward(tokens);

        Tensor read = Read(tokens);

        Assert.True(plain.Equals(read));
        Assert.Equal(HookNames.All(_model.Config), _seen.Keys);
    }

    [Fact]
    public void Have_the_documented_shapes()
    {
        Read(TinyModel.Tokens(1, 2, 3, 4, 5));

        Assert.Equal([1, 5, 8], _seen[HookNames.ResidualBefore(1)].shape);
        Assert.Equal([1, 5, 2, 4], _seen[HookNames.Query(0)].shape);
        Assert.Equal([1, 2, 5, 5], _seen[HookNames.Pattern(1)].shape);
        Assert.Equal([1, 5, 2, 4], _seen[HookNames.HeadZ(0)].shape);
        Assert.Equal([1, 5, 16], _seen[HookNames.MlpHidden(1)].shape);
    }

    [Fact]
    public void Add_up_to_the_residual_stream()
    {
        Read(TinyModel.Tokens(1, 2, 3, 4, 5));

        Tensor sum =
            _seen[HookNames.ResidualBefore(1)] + _seen[HookNames.AttentionOutput(1)] + _seen[HookNames.MlpOutput(1)];

        Assert.True(sum.allclose(_seen[HookNames.ResidualAfter(1)], 1e-12, 1e-12));
        Assert.True(_seen[HookNames.Embed].Equals(_seen[HookNames.ResidualBefore(0)]));
    }

    [Fact]
    public void Show_attention_that_never_looks_ahead_and_sums_to_one()
    {
        Read(TinyModel.Tokens(1, 2, 3, 4, 5));

        Tensor pattern = _seen[HookNames.Pattern(0)];

        Assert.Equal(0.0, pattern.triu(1).abs().max().item<double>());
        Assert.True(pattern.sum(-1).allclose(ones([1, 2, 5], float64)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Show_whether_an_mlp_sees_its_own_layers_heads(bool isParallel)
    {
        using Transformer model = TinyModel.Create(isParallel: isParallel);
        model.Forward(TinyModel.Tokens(1, 2, 3), ActivationHooks.None.Reading(HookNames.All(model.Config), _seen.Add));

        Tensor before = _seen[HookNames.ResidualBefore(0)];
        Tensor read = isParallel ? before : before + _seen[HookNames.AttentionOutput(0)];

        // A fresh norm has scale 1 and shift 0.
        Tensor normed = nn.functional.layer_norm(read, [8]);
        Assert.True(normed.allclose(_seen[HookNames.MlpInput(0)], 1e-12, 1e-12));
    }

    private Tensor Read(Tensor tokens) =>
        _model.Forward(tokens, ActivationHooks.None.Reading(HookNames.All(_model.Config), _seen.Add));
}
