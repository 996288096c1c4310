using CircuitPipeline.Models;
using Xunit;
using static TorchSharp.torch;

namespace CircuitPipeline.TorchTests.Models;

[Collection(LiveTensors.Name)]
public sealed class ForwardPasses
{
    [Fact]
    public void Leave_no_tensor_but_the_logits()
    {
        using Transformer model = TinyModel.Create();
        using Tensor tokens = TinyModel.Tokens(1, 2, 3);
        long before = Tensor.TotalCount;

        using (NewDisposeScope())
            model.forward(tokens);

        Assert.Equal(before, Tensor.TotalCount);
    }

    [Fact]
    public void Keep_nothing_of_a_disposed_model()
    {
        long before = Tensor.TotalCount;

        using (TinyModel.Create()) { }

        Assert.Equal(before, Tensor.TotalCount);
    }
}
