using CircuitPipeline.Models;
using CircuitPipeline.Models.Checkpoints;
using CircuitPipeline.Tensors.Calls;
using CircuitPipeline.Training.Adapters;
using CircuitPipeline.Training.Methods;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;
using Parameter = TorchSharp.Modules.Parameter;

namespace CircuitPipeline.TorchTests.Training.Methods;

/// <summary>A method of one's own is one class beside the house's.</summary>
public sealed class OwnMethod : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly TemporaryFolder _folder = new();
    private readonly MethodCase _case = new();

    public void Dispose()
    {
        _case.Dispose();
        _folder.Dispose();
        _scope.Dispose();
    }

    [Fact]
    public void Trains_saves_and_goes_into_the_weights()
    {
        Tensor tokens = TinyModel.Tokens(1, 2, 3, 4);
        Tensor trained;
        using (TrainedAdapter adapter = _case.Attach(new Shift()))
        {
            double[] losses = _case.Train(adapter);
            trained = _case.Model.forward(tokens);
            adapter.Save(_folder.Path, "base");
            foreach (AdapterLinear linear in adapter.Linears)
            {
                Assert.True(linear.Merge());
            }

            Assert.True(losses[^1] < losses[0]);
            Assert.Equal(2 * (24 + 8 + 16 + 8), adapter.TrainedParameters);
        }

        Assert.True(_case.Model.forward(tokens).allclose(trained, 1e-10, 1e-10));
        Assert.Equal(
            ["adapter_model.safetensors"],
            Directory.GetFiles(_folder.Path).Select(file => Path.GetFileName(file))
        );
        Assert.Equal(8, Safetensors.Entries(_folder.File("adapter_model.safetensors")).Count);
    }

    private sealed class Shift : IAdapterMethod
    {
        public string Name => "shift";

        public string Summary => "A vector that is added to what each linear map gives.";

        public TrainedAdapter Attach(Transformer model, AdapterSettings settings, Generator random) =>
            new(model, model.LinearModules.Select(linear => new ShiftedLinear(linear)));

        private sealed class ShiftedLinear(ModelLinear linear) : AdapterLinear(linear)
        {
            private readonly Parameter _shift = Owned(zeros_like(linear.Module.weight.select(1, 0))); // [out]

            public override IReadOnlyList<(string Name, Parameter Value)> Parameters => [("shift", _shift)];

            protected override Tensor Write(Tensor input, Tensor output) => output.Plus(_shift);

            protected override Tensor MergedWeight(Tensor weight) => weight;

            protected override Tensor MergedBias(Tensor bias) => bias.Plus(_shift);
        }
    }
}
