using CircuitPipeline.Attribution;
using CircuitPipeline.Circuits;
using CircuitPipeline.Circuits.Config;
using CircuitPipeline.Circuits.Graph;
using CircuitPipeline.Circuits.Scores;
using CircuitPipeline.Prompts.PromptPairs;
using Xunit;

namespace CircuitPipeline.TorchTests.Attribution;

/// <summary>Scores that are 0 because no difference of the prompts reaches the answer through the windows.</summary>
public sealed class PairsBehindWindows
{
    // Through 2 layers a window of 3 tokens shows the 4 before the answer's position, 6.
    private static readonly TransformerConfig Config = TinyModel.Config() with { Window = new(3, [true, true]) };

    [Fact]
    public void Are_refused_with_the_window_as_the_cause() =>
        Assert.StartsWith(
            "every score is 0, because the prompts differ only outside the model's sliding window of '3' tokens, seen from the answer's 'position', in the only pair, so no edge",
            Error(differs: 1, Config)
        );

    [Theory]
    [InlineData(2, true)]
    [InlineData(1, false)]
    public void Are_not_blamed_where_the_difference_can_be_seen(int differs, bool isLocal) =>
        Assert.StartsWith(
            "every score is 0, so no edge",
            Error(differs, Config with { Window = new(3, [true, isLocal]) })
        );

    private static string Error(int differs, TransformerConfig config)
    {
        int[] clean = [1, 2, 3, 4, 5, 6, 7];
        int[] corrupted = [.. clean];
        corrupted[differs] = 9;
        EncodedPairs pairs = EncodedPairs.Of([new EncodedPair([.. clean], [.. corrupted], 5, 6)]);
        ComputationGraph graph = new(config);
        EdgeScores scores = new(
            graph,
            [.. new double[graph.EdgeCount]],
            new ScoreOrigin
            {
                Method = "eap",
                Metric = "logit-difference",
                Intervention = "patching",
                Aggregation = "mean",
                Examples = 1,
            }
        );
        return Assert
            .Throws<UndefinedResultException>(() => DegenerateInput.MustOrderEdges(scores, pairs, config))
            .Message;
    }
}
