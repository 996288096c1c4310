using CircuitPipeline.Models;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace CircuitPipeline.TorchTests.Models;

public sealed class Prompts : IDisposable
{
    private readonly Transformer _model = TinyModel.Create();
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose()
    {
        _scope.Dispose();
        _model.Dispose();
    }

    [Fact]
    public void Padded_on_the_right_keep_their_logits()
    {
        Tensor plain = _model.forward(TinyModel.Tokens(1, 2, 3));

        Tensor padded = _model.forward(TinyModel.Tokens(1, 2, 3, 0, 0));

        Assert.True(plain.allclose(padded.narrow(1, 0, 3), 1e-12, 1e-12));
    }

    [Fact]
    public void In_another_order_have_other_logits()
    {
        Tensor first = _model.forward(TinyModel.Tokens(1, 2, 2, 5)).select(1, 3);

        Tensor second = _model.forward(TinyModel.Tokens(2, 1, 2, 5)).select(1, 3);

        Assert.False(first.allclose(second, 1e-6, 1e-6));
    }

    [Fact]
    public void Longer_than_the_context_are_refused()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() =>
            _model.forward(TinyModel.Tokens(new long[13]))
        );

        Assert.Equal("A prompt of 13 tokens is longer than the model's context of 12.", error.Message);
    }

    [Fact]
    public void Without_a_batch_dimension_are_refused()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => _model.forward(tensor([1L, 2L])));

        Assert.Equal("Expected tokens of shape [batch, pos], got [2].", error.Message);
    }
}
