using CircuitPipeline.Models;
using Xunit;
using static TorchSharp.torch;

namespace CircuitPipeline.TorchTests.Models;

[Collection(ProcessWideState.Name)]
public sealed class ForwardPasses
{
    [Fact]
    public void Leave_no_tensor_but_the_logits()
    {
        using Transformer model = TinyModel.Create();
        using Tensor tokens = TinyModel.Tokens(1, 2, 3);
        long before = LiveTensors.Count();

        using (NewDisposeScope())
        {
            model.forward(tokens);
        }

        Assert.Equal(before, Tensor.TotalCount);
    }

    [Fact]
    public void Keep_nothing_of_a_disposed_model()
    {
        long before = LiveTensors.Count();
        int parameters;

        using (Transformer model = TinyModel.Create())
        {
            parameters = model.parameters().Count();
        }

        // Every parameter but the embedding's was made of a tensor, once in float32 and once in float64; see LiveTensorCounts.
        Assert.Equal(before + 2 * (parameters - 1), Tensor.TotalCount);
    }
}
