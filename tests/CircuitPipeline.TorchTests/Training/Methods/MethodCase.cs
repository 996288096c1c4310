using CircuitPipeline.Models;
using CircuitPipeline.Prompts;
using CircuitPipeline.Prompts.Corpora;
using CircuitPipeline.Tensors.Optimizers;
using CircuitPipeline.Training;
using CircuitPipeline.Training.Methods;
using Xunit;
using static TorchSharp.torch;

namespace CircuitPipeline.TorchTests.Training.Methods;

/// <summary>A small model, rows to train it on, and what every method is told.</summary>
internal sealed class MethodCase : IDisposable
{
    private static readonly Vocabulary Words = new([.. "abcdefg".Select(letter => $"{letter}"), "<pad>", "<eos>"]);

    internal MethodCase(Transformer? model = null) => Model = model ?? FilledModel.Create();

    internal static TheoryData<string> Names => [.. AdapterMethods.All.Select(method => method.Name)];

    internal Transformer Model { get; }

    internal TrainingRows Rows { get; } =
        TrainingRows.OfCorpus(Corpus.OfText(["a b c d", "b c d e", "c d e", "d e f g", "g f e d"], Words), CPU);

    internal int Steps { get; init; } = 20;

    internal double WeightDecay { get; init; } = 0.01;

    public void Dispose()
    {
        Rows.Dispose();
        Model.Dispose();
    }

    internal TrainedAdapter Attach(string method) => Attach(AdapterMethods.Named(method)!);

    internal TrainedAdapter Attach(IAdapterMethod method, int rank = 2) => Attach(method, _ => rank);

    internal TrainedAdapter Attach(IAdapterMethod method, Func<ModelLinear, int> rankOf)
    {
        using Generator random = new(3);
        AdapterSettings settings = new()
        {
            RankOf = rankOf,
            AlphaOverRank = 2,
            Steps = Steps,
        };
        return method.Attach(Model, settings, random);
    }

    internal double[] Train(
        TrainedAdapter adapter,
        Action<TrainingProgress>? report = null,
        IReadOnlyDictionary<string, Tensor>? from = null,
        IReadOnlyList<ParameterGroup>? groups = null
    ) =>
        new Trainer(
            new TrainingOptions
            {
                Steps = Steps,
                Batch = 3,
                LearningRate = 0.02,
                Schedule = _ => 1,
                WeightDecay = WeightDecay,
            },
            TimeProvider.System
        ).Train(adapter, Rows, new SeededRandom(1), report ?? (_ => { }), default, groups, from);

    /// <summary>What training would leave: every trained number gets noise of its own.</summary>
    internal static void Shake(TrainedAdapter adapter, double deviation = 0.1)
    {
        using IDisposable frozen = no_grad();
        using TorchSharp.DisposeScope scope = NewDisposeScope();
        using Generator random = new(5);
        foreach (Tensor parameter in adapter.Parameters)
        {
            parameter.add_(randn_like(parameter).normal_(0, deviation, random));
        }
    }
}
