using CircuitPipeline.Attribution;
using CircuitPipeline.Attribution.Evaluation;
using CircuitPipeline.Circuits.Graph;
using CircuitPipeline.Circuits.Selection;
using CircuitPipeline.Models;
using CircuitPipeline.Models.Activations;
using CircuitPipeline.Prompts;
using CircuitPipeline.Prompts.Corpora;
using CircuitPipeline.Prompts.PromptPairs;
using CircuitPipeline.TorchTests.Attribution;
using CircuitPipeline.Training;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace CircuitPipeline.TorchTests.SafeCalls;

/// <summary>
/// A tensor that no dispose scope holds could be freed while a native call reads it; the house makes none, though its callers
/// here have no scope of their own.
/// </summary>
public sealed class TensorsWithoutScope : IDisposable
{
    private readonly Transformer _model = TinyModel.Create();
    private readonly EncodedPairs _pairs = TinyPairs.Create();

    public static TheoryData<string, Intervention?> Methods => MethodCases.All;

    private static long OutsideScopes => DisposeScopeManager.Statistics.TensorStatistics.CreatedOutsideScopeCount;

    public void Dispose() => _model.Dispose();

    [Theory]
    [MemberData(nameof(Methods))]
    public void Are_not_made_by_attribution(string method, Intervention? intervention) =>
        Assert.Equal(
            0,
            MadeBy(() =>
                MethodCases
                    .Create(method, intervention, 2)
                    .Attribute(_model, _pairs, Metrics.Kl(ReferenceRun.Corrupted))
            )
        );

    [Theory]
    [InlineData(Intervention.Patching)]
    [InlineData(Intervention.MeanPositional)]
    public void Are_not_made_by_an_evaluation(Intervention intervention)
    {
        ComputationGraph graph = new(_model.Config);
        Circuit circuit = new(graph, [0, 1, 2, 3], SelectionOrigin.Unknown(4));

        Assert.Equal(
            0,
            MadeBy(() =>
                new CircuitEvaluator(2, TimeProvider.System, intervention).Evaluate(
                    _model,
                    circuit,
                    _pairs,
                    Metrics.LogitDifference
                )
            )
        );
    }

    [Fact]
    public void Are_not_made_by_the_steps_of_training()
    {
        Vocabulary words = new([.. "abcdefghi".Select(letter => $"{letter}"), "<pad>", "<eos>"]);
        using TrainingRows rows = TrainingRows.OfCorpus(Corpus.OfText(["a b c d", "b c d e"], words), CPU);
        TrainingOptions options = new()
        {
            Steps = 5,
            Batch = 2,
            LearningRate = 0.01,
            Schedule = _ => 1,
        };
        List<long> counts = [];

        new Trainer(options, TimeProvider.System).Train(
            _model,
            _model.parameters(),
            rows,
            new SeededRandom(1),
            _ => counts.Add(OutsideScopes),
            default
        );

        Assert.Single(counts.Distinct());
    }

    [Fact]
    public void Are_what_a_forward_pass_returns_and_what_its_hooks_have_kept()
    {
        using Tensor tokens = TinyModel.Tokens(1, 2, 3);
        List<Tensor> kept = [];
        ActivationHooks hooks = ActivationHooks.None.Reading(
            [HookNames.Embed],
            (_, activation) => kept.Add(activation)
        );

        using Tensor logits = _model.Forward(tokens, hooks);

        Assert.Equal([1, 3, TinyModel.DVocab], logits.shape);
        Assert.Equal([1, 3, 8], Assert.Single(kept).shape);
        // One each to ask whether there is a scope.
        Assert.Equal(1, MadeBy(() => _model.forward(tokens).Dispose()));
    }

    private static long MadeBy(Action action)
    {
        long before = OutsideScopes;
        action();
        return OutsideScopes - before;
    }
}
