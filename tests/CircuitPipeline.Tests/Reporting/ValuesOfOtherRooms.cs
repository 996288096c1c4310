using CircuitPipeline.Circuits.Diff;
using CircuitPipeline.Circuits.Graph;
using CircuitPipeline.Circuits.Scores;
using CircuitPipeline.Circuits.Selection;
using CircuitPipeline.Planning;
using CircuitPipeline.Reporting.Results;
using Xunit;

namespace CircuitPipeline.Tests.Reporting;

/// <summary>Circuits, diffs and plans of the other rooms become plain numbers and names.</summary>
public sealed class ValuesOfOtherRooms
{
    private static readonly ComputationGraph Graph = new(2, 2, parallelBlocks: true);
    private static readonly Circuit Before = Select(edge => edge);
    private static readonly Circuit After = Select(edge => Graph.EdgeCount - edge);
    private static readonly CircuitDiff Diff = CircuitDiff.Between(Before, After);

    private static ScoreOrigin Origin =>
        new()
        {
            Method = "made-up",
            Metric = "made-up",
            Intervention = "patching",
            Aggregation = "mean",
            Examples = 1,
        };

    [Fact]
    public void Keep_the_edges_and_scores_of_a_circuit()
    {
        CircuitView view = CircuitView.Of("base", Before);

        Assert.Equal(Before.Edges, view.Edges.Select(edge => edge.Edge));
        Assert.Equal(Before.EdgeIndices.Select(edge => (double)edge), view.Edges.Select(edge => edge.Score));
    }

    [Fact]
    public void Keep_the_counts_of_a_diff()
    {
        CircuitChange change = CircuitChange.Of("base", "LoRA", 10, Diff, [ResamplingFloor.Of("base", 500, Diff)]);

        Assert.Equal(Diff.Edges.Jaccard, change.Edges.Jaccard);
        Assert.Equal(Diff.Edges.ChangeRate, change.Edges.ChangeRate);
        Assert.Equal(Diff.Nodes.Jaccard, change.Floors[0].Nodes.Jaccard);
        Assert.Equal((Diff.Nodes.Before, Diff.Nodes.After), (Sum(change.Nodes.Removed), Sum(change.Nodes.Added)));
        int Sum(int one) => one + change.Nodes.Shared;
    }

    [Fact]
    public void Keep_the_sums_of_a_rule_in_the_order_of_the_layers()
    {
        ScoredLayerRule rule = new(LayerMeasure.Flips);

        LayerRuleSums sums = LayerRuleSums.Of(rule, Diff, criticalLayers: 1);

        Assert.Equal(Diff.Layers.Select(layer => (double)layer.Flips), sums.Layers);
        Assert.Equal(rule.Order(Diff)[0].Layer, Assert.Single(sums.CriticalLayers));
    }

    [Fact]
    public void Keep_the_ranks_of_a_plan()
    {
        RankPattern pattern = new(3, [new(1, 9)]);
        RankPlan plan = new()
        {
            Rule = "flips",
            Why = "Layer 1 changed most.",
            CriticalLayers = [1],
            Pattern = pattern,
            AlphaOverRank = 2,
            TrainableParameters = 100,
        };

        PlanSummary summary = PlanSummary.Of("CircuitLoRA", plan, nLayers: 3);

        Assert.Equal<int>([3, 9, 3], summary.Ranks);
        Assert.Null(summary.BudgetParameters);
    }

    private static Circuit Select(Func<int, double> score) =>
        new TopN(8).Select(new EdgeScores(Graph, [.. Enumerable.Range(0, Graph.EdgeCount).Select(score)], Origin));
}
