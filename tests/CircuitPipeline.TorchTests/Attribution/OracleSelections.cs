using CircuitPipeline.Attribution;
using CircuitPipeline.Circuits.Scores;
using CircuitPipeline.Circuits.Selection;
using Xunit;

namespace CircuitPipeline.TorchTests.Attribution;

public sealed class OracleSelections
{
    public static TheoryData<string, string> Runs { get; } =
        OracleRun.Rows(run => run.HasSelections && !run.LacksInput);

    [Theory]
    [MemberData(nameof(Runs))]
    public void By_our_scores_are_those_of_the_reference_before_and_after_pruning(string model, string id)
    {
        OracleRun run = OracleRun.Named(id);
        using Oracle oracle = new(model, run.Library);
        // The ragged batches of the reference weigh the pairs differently.
        EdgeScores scores = run.Create(run.Batch, run.Set == "ragged" ? Aggregation.Reference : null)
            .Attribute(oracle.Model, oracle.Pairs(run.Set), run.Metric);

        Assert.All(oracle.Selections(id), selection => MustEqual(selection, scores));
    }

    // The reference's own scores, since those of the edges that it gets wrong are selected too.
    [Theory]
    [InlineData("gpt2", "eap_ig_activations_5_ld")]
    [InlineData("gpt2", "eap_ig_activations_5_kl")]
    [InlineData("neox", "eap_ig_activations_5_ld")]
    [InlineData("neox", "eap_ig_activations_5_kl")]
    public void By_its_own_scores_are_those_of_the_reference(string model, string id)
    {
        using Oracle oracle = new(model);
        EdgeScores scores = new(oracle.Graph, [.. oracle.Scores(id)], ScoreOrigin.Unknown);

        Assert.All(oracle.Selections(id), selection => MustEqual(selection, scores));
    }

    private static void MustEqual(OracleSelection selection, EdgeScores scores)
    {
        ICircuitSelector selector =
            selection.Kind == "greedy"
                ? new Greedy(selection.EdgesAsked, selection.IsSigned)
                : new TopN(selection.EdgesAsked, selection.IsSigned);

        Circuit circuit = selector.Select(scores);

        Assert.Equal(selection.Selected.Order(), circuit.EdgeIndices);
        Assert.Equal(selection.Pruned.Order(), circuit.Prune().EdgeIndices);
    }
}
