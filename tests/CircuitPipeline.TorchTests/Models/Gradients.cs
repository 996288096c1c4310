using CircuitPipeline.Models;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;
using Parameter = TorchSharp.Modules.Parameter;

namespace CircuitPipeline.TorchTests.Models;

public sealed class Gradients
{
    private const double Step = 1e-6;

    [Theory]
    [InlineData("gpt_neox.embed_in.weight", 9)]
    [InlineData("gpt_neox.layers.0.attention.query_key_value.weight", 17)]
    [InlineData("gpt_neox.layers.0.attention.dense.bias", 3)]
    [InlineData("gpt_neox.layers.1.mlp.dense_h_to_4h.weight", 40)]
    [InlineData("gpt_neox.layers.1.input_layernorm.weight", 2)]
    [InlineData("gpt_neox.final_layer_norm.bias", 5)]
    [InlineData("embed_out.weight", 30)]
    public void Equal_finite_differences(string name, long place)
    {
        using DisposeScope scope = NewDisposeScope();
        using Transformer model = TinyModel.Create();
        Parameter parameter = model.get_parameter(name)!;
        Loss(model).backward();
        double gradient = parameter.grad!.flatten()[place].item<double>();

        double numeric =
            (Shifted(model, parameter, place, Step) - Shifted(model, parameter, place, -Step)) / (2 * Step);

        Assert.NotEqual(0, gradient);
        Assert.Equal(numeric, gradient, 1e-7 * Math.Max(1, Math.Abs(numeric)));
    }

    private static Tensor Loss(Transformer model) =>
        nn.functional.cross_entropy(
            model.forward(TinyModel.Tokens(1, 2, 3, 1, 5)).flatten(0, 1),
            tensor([2L, 3L, 1L, 5L, 7L])
        );

    private static double Shifted(Transformer model, Parameter parameter, long place, double by)
    {
        using IDisposable frozen = no_grad();
        Tensor entry = parameter.view(-1)[place];
        entry.add_(by);
        double loss = Loss(model).item<double>();
        entry.add_(-by);
        return loss;
    }
}
