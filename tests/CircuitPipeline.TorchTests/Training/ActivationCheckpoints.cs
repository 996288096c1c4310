using CircuitPipeline.Models;
using CircuitPipeline.Prompts;
using CircuitPipeline.Prompts.PromptPairs;
using CircuitPipeline.Training;
using CircuitPipeline.Training.Methods;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace CircuitPipeline.TorchTests.Training;

/// <summary>Training that computes activations again, against training that keeps them.</summary>
public sealed class ActivationCheckpoints : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public static TheoryData<string> Methods => [.. AdapterMethods.All.Select(method => method.Name)];

    public void Dispose() => _scope.Dispose();

    [Theory]
    [MemberData(nameof(Methods))]
    public void Change_no_loss_and_no_weight(string method)
    {
        MustAgree(method, isGpt2: false);
        MustAgree(method, isGpt2: true);
    }

    [Fact]
    public void Give_the_same_bits_of_lora()
    {
        (double[] losses, Tensor[] weights) = Train(Lora.Name, isGpt2: false, checkpointing: false);
        (double[] found, Tensor[] again) = Train(Lora.Name, isGpt2: false, checkpointing: true);

        Assert.Equal(losses, found);
        Assert.All(weights.Zip(again), pair => Assert.True(pair.First.equal(pair.Second).all().item<bool>()));
    }

    private static void MustAgree(string method, bool isGpt2)
    {
        (double[] losses, Tensor[] weights) = Train(method, isGpt2, checkpointing: false);
        (double[] found, Tensor[] again) = Train(method, isGpt2, checkpointing: true);

        Assert.All(losses.Zip(found), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
        // All weights: a bias of keys has a gradient of 0 but for rounding, which AdamW divides by its ε.
        double tolerance = method == FullFineTuning.Name ? 1e-8 : 1e-12;
        Assert.All(weights.Zip(again), pair => Assert.True(pair.First.allclose(pair.Second, 0, tolerance)));
    }

    private static (double[] Losses, Tensor[] Weights) Train(string method, bool isGpt2, bool checkpointing)
    {
        using Transformer model = FilledModel.Create(isGpt2 ? TinyModel.Gpt2Config() : TinyModel.Config());
        using Generator random = new(2);
        AdapterSettings settings = new()
        {
            RankOf = _ => 2,
            AlphaOverRank = 2,
            Steps = 8,
        };
        using TrainedAdapter adapter = AdapterMethods.Named(method)!.Attach(model, settings, random);
        using TrainingRows rows = TrainingRows.OfPrompts(Pairs(), CPU);
        double[] losses = new Trainer(
            PlainTraining.Options(8, 6) with
            {
                ActivationCheckpointing = checkpointing,
                Accumulation = 2,
            },
            TimeProvider.System
        ).Train(adapter, rows, new SeededRandom(1), _ => { }, default);
        return (losses, [.. adapter.Parameters.Select(parameter => parameter.detach().clone())]);
    }

    private static EncodedPairs Pairs()
    {
        SeededRandom random = new(5);
        return EncodedPairs.Of([
            .. Enumerable
                .Range(0, 13)
                .Select(row =>
                {
                    int[] tokens = [1, .. Enumerable.Range(0, 1 + row % 4).Select(_ => random.Between(0, 3))];
                    return new EncodedPair([.. tokens], [.. tokens], [random.Between(0, 4)], [random.Between(5, 9)]);
                }),
        ]);
    }
}
