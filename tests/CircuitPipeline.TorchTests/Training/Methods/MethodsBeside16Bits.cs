using CircuitPipeline.Models;
using CircuitPipeline.Models.Checkpoints;
using CircuitPipeline.Training.Adapters;
using CircuitPipeline.Training.Methods;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace CircuitPipeline.TorchTests.Training.Methods;

/// <summary>Ways of fine-tuning beside a model in bfloat16: what is trained is float32, what is computed elsewhere is not.</summary>
public sealed class MethodsBeside16Bits : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly TemporaryFolder _folder = new();
    private readonly Tensor _tokens = TinyModel.Tokens(1, 2, 3, 4);

    public static TheoryData<string> Names =>
        [.. AdapterMethods.All.Where(method => method is not FullFineTuning).Select(method => method.Name)];

    public void Dispose()
    {
        _scope.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Train_and_save_float32(string method)
    {
        using MethodCase one = new(Narrow()) { Steps = 60 };
        using TrainedAdapter adapter = one.Attach(method);
        Assert.All(adapter.Parameters, parameter => Assert.Equal(ScalarType.Float32, parameter.dtype));

        double[] losses = one.Train(adapter);
        adapter.Save(_folder.Path, "base");

        Assert.True(losses[^5..].Average() < 0.8 * losses[..5].Average(), $"{losses[0]} -> {losses[^1]}");
        Assert.Equal(ScalarType.BFloat16, one.Model.forward(_tokens).dtype);
        Assert.All(
            Safetensors.Entries(_folder.File(PeftFolder.WeightsFile)),
            entry => Assert.Equal("F32", entry.Dtype)
        );
    }

    // Three digits of the base, not the update's: what is beside float32 weights of the same numbers.
    [Theory]
    [MemberData(nameof(Names))]
    public void Compute_as_beside_float32_to_the_bases_digits(string method)
    {
        using MethodCase narrow = new(Narrow());
        using MethodCase wide = new(Narrow().to(ScalarType.Float32));
        using TrainedAdapter trained = narrow.Attach(method);
        using TrainedAdapter other = wide.Attach(method);
        MethodCase.Shake(trained);
        using (no_grad())
        {
            foreach ((Tensor place, Tensor value) in other.Parameters.Zip(trained.Parameters))
            {
                place.copy_(value);
            }
        }

        Tensor expected = wide.Model.forward(_tokens);
        Tensor found = narrow.Model.forward(_tokens).to(ScalarType.Float32);

        Assert.True(
            (found - expected).abs().max().item<float>() < 0.05 * expected.abs().max().item<float>(),
            $"{(found - expected).abs().max().item<float>()} of {expected.abs().max().item<float>()}"
        );
    }

    private static Transformer Narrow()
    {
        Transformer model = FilledModel.Create();
        model.to(ScalarType.BFloat16);
        return model;
    }
}
