using System.Collections.Immutable;
using CircuitPipeline.Circuits.Diff;
using CircuitPipeline.Circuits.Graph;
using CircuitPipeline.Circuits.Selection;
using CircuitPipeline.Planning;
using CircuitPipeline.Testing;
using CircuitPipeline.Tests.Circuits;
using Xunit;

namespace CircuitPipeline.Tests.Planning;

public sealed class LayerOrders
{
    private static readonly ComputationGraph Graph = new(6, 4, parallelBlocks: true);

    private static readonly CircuitDiff Diff = CircuitDiff.Between(Made.Circuit(Graph, 1), Made.Circuit(Graph, 2));

    [ReferenceTheory]
    [InlineData(LayerMeasure.SourceLayer, new[] { 0, 11, 3, 5, 4 })]
    [InlineData(LayerMeasure.NormalisedSourceLayer, new[] { 0, 5, 4, 11, 3 })]
    [InlineData(LayerMeasure.Flips, new[] { 4, 5, 6, 3, 2 })]
    [InlineData(LayerMeasure.DestinationLayer, new[] { 11, 0, 23, 10, 13 })]
    public void Of_the_papers_circuits_are_those_of_a_second_computation(LayerMeasure measure, int[] layers)
    {
        CircuitDiff diff = CircuitDiff.Between(PaperFile.Base, PaperFile.AfterRank2);

        Assert.Equal(layers, new ScoredLayerRule(measure).Order(diff).Take(5).Select(layer => layer.Layer));
    }

    [ReferenceFact]
    public void Of_the_papers_circuits_alone_are_those_of_a_second_computation()
    {
        // A circuit without edges on one side: what is left is the sum of the other's |score|.
        static int[] Alone(Circuit circuit) =>
            [
                .. LayerRule
                    .Named("paper")
                    .Order(CircuitDiff.Between(new Circuit(circuit.Graph, [], Made.ByHand, circuit.Scores), circuit))
                    .Take(5)
                    .Select(layer => layer.Layer),
            ];

        Assert.Equal([0, 11, 3, 5, 4], Alone(PaperFile.AfterRank2));
        Assert.Equal([0, 4, 5, 6, 3], Alone(PaperFile.Base));
    }

    [Fact]
    public void Have_every_layer_once_by_falling_value()
    {
        Assert.All(
            LayerRule.OfDiff,
            rule =>
            {
                ImmutableArray<RankedLayer> order = rule.Order(Diff);
                Assert.Equal(Enumerable.Range(0, 6), order.Select(layer => layer.Layer).Order());
                Assert.Equal(order.OrderByDescending(layer => layer.Value), order);
            }
        );
        Assert.Equal(
            ["source-layer", "source-layer-without-input", "destination-layer", "normalised-source-layer", "flips"],
            LayerRule.OfDiff.Select(rule => rule.Name)
        );
    }

    [Fact]
    public void Of_equal_layers_put_the_earlier_first()
    {
        CircuitDiff same = CircuitDiff.Between(Diff.Before, Diff.Before);

        Assert.Equal(
            [0, 1, 2, 3, 4, 5],
            new ScoredLayerRule(LayerMeasure.Flips).Order(same).Select(layer => layer.Layer)
        );
    }

    [Fact]
    public void By_chance_are_the_same_for_the_same_seed()
    {
        int[] Order(int seed) => [.. new RandomLayers(seed).Order(Diff).Select(layer => layer.Layer)];

        // Kept as numbers, since recorded plans depend on them.
        Assert.Equal([2, 5, 4, 3, 0, 1], Order(7));
        Assert.Equal(Enumerable.Range(0, 6), Order(8).Order());
        Assert.Equal(6, Enumerable.Range(0, 200).Select(seed => Order(seed)[0]).Distinct().Count());
    }

    [Fact]
    public void By_chance_can_leave_out_the_layers_of_another_plan() =>
        Assert.All(
            Enumerable.Range(0, 50),
            seed =>
                Assert.Equal(
                    3,
                    new RandomLayers(seed) { Except = [3] }
                        .Order(Diff)[^1]
                        .Layer
                )
        );

    [Fact]
    public void By_hand_begin_with_the_named_layer()
    {
        Assert.Equal([4, 0, 1, 2, 3, 5], new GivenLayer(4).Order(Diff).Select(layer => layer.Layer));
        Assert.Equal(
            "The layer is '6', but the model has layers 0 to 5.",
            Assert.Throws<ArgumentException>(() => new GivenLayer(6).Order(Diff)).Message
        );
    }

    [Fact]
    public void By_scores_need_scores()
    {
        CircuitDiff bare = CircuitDiff.Between(
            new Circuit(Graph, [1], Made.ByHand),
            new Circuit(Graph, [2], Made.ByHand)
        );

        Assert.Equal(0, new ScoredLayerRule(LayerMeasure.Flips).Order(bare)[0].Layer);
        Assert.Equal(
            "The rule 'source-layer' sums score changes, but a circuit has no scores: take the rule 'flips' or circuits with scores.",
            Assert.Throws<ArgumentException>(() => new ScoredLayerRule(LayerMeasure.SourceLayer).Order(bare)).Message
        );
    }

    [ReferenceFact]
    public void Are_compared_rule_by_rule()
    {
        CircuitDiff diff = CircuitDiff.Between(PaperFile.Base, PaperFile.AfterRank2);

        ImmutableArray<RuleComparison> table = RuleComparison.Of(diff, 5, LayerRule.OfDiff);

        Assert.Equal([5, 5, 2, 5, 3], table.Select(row => row.SharedWithFirst));
        Assert.Equal([4, 5, 6, 3, 2], table[^1].Critical.ToArray());
    }
}
