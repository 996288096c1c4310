using CircuitPipeline.Attribution;
using CircuitPipeline.Attribution.Evaluation;
using CircuitPipeline.Attribution.Methods;
using CircuitPipeline.Circuits.Scores;
using CircuitPipeline.Circuits.Selection;
using CircuitPipeline.Models;
using CircuitPipeline.Prompts.PromptPairs;
using Xunit;
using static TorchSharp.torch;

namespace CircuitPipeline.TorchTests.Attribution;

[Collection(ProcessWideState.Name)]
public sealed class TensorsOfARun
{
    private static EapIgInputs Eap => new(3, Quadrature.Left, 2, TimeProvider.System);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Are_all_gone_after_it(bool isParallel)
    {
        using Transformer model = TinyModel.Create(isParallel: isParallel);
        EncodedPairs pairs = TinyPairs.Create();
        Run(model, pairs);
        long before = LiveTensors.Count();

        Run(model, pairs);

        Assert.Equal(before, Tensor.TotalCount);
    }

    [Fact]
    public void Are_all_gone_after_a_failure()
    {
        using Transformer model = TinyModel.Create();
        Metric metric = new("odd", (logits, _) => logits.select(1, 0) / 0);
        long before = LiveTensors.Count();

        Assert.Throws<AttributionDivergedException>(() => Eap.Attribute(model, TinyPairs.Create(), metric));

        Assert.Equal(before, Tensor.TotalCount);
    }

    [Fact]
    public void Leave_the_weights_without_gradients()
    {
        using Transformer model = TinyModel.Create();

        Run(model, TinyPairs.Create());

        Assert.All(model.parameters(), parameter => Assert.Null(parameter.grad));
    }

    private static void Run(Transformer model, EncodedPairs pairs)
    {
        EdgeScores scores = Eap.Attribute(model, pairs, Metrics.LogitDifference);
        foreach (object?[] row in MethodCases.All)
        {
            (string? method, Intervention? intervention) = ((string)row[0]!, (Intervention?)row[1]);
            MethodCases.Create(method, intervention, 2).Attribute(model, pairs, Metrics.Kl(ReferenceRun.Corrupted));
        }

        foreach (Intervention intervention in Enum.GetValues<Intervention>())
        {
            CircuitEvaluator evaluator = new(2, TimeProvider.System, intervention);
            evaluator.Completeness(model, new TopN(10).Select(scores), pairs, Metrics.Kl());
        }
    }
}
