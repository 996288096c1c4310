using CircuitPipeline.Circuits.Config;
using CircuitPipeline.Circuits.Diff;
using CircuitPipeline.Circuits.Graph;
using CircuitPipeline.Planning;
using CircuitPipeline.Testing;
using CircuitPipeline.Tests.Circuits;
using Xunit;

namespace CircuitPipeline.Tests.Planning;

public sealed class RankPlans
{
    private static readonly LayerRule Rule = new ScoredLayerRule(LayerMeasure.SourceLayer);

    [Fact]
    public void Of_the_tiny_study_are_9_and_3_at_exactly_the_parameters_of_4()
    {
        RankPlanner planner = new(Shapes.Tiny);

        RankPlan plan = planner.Plan(Diff(6), Rule, RankBudget.EqualTo(4));

        Assert.Equal((9, 3), (plan.Pattern.RankOf(plan.CriticalLayers.Single()), plan.Pattern.DefaultRank));
        Assert.Equal(planner.Uniform(4).TrainableParameters, plan.TrainableParameters);
        Assert.Equal((24_576L, 24_576L), (plan.TrainableParameters, plan.BudgetParameters));
        Assert.Equal(
            $"Layer {plan.CriticalLayers[0]} by the sum of |score after - score before| over the edges that start in the layer: "
                + "rank 9, the others 3; 24,576 trainable parameters, exactly those of rank 4 everywhere.",
            plan.Why
        );
    }

    [ReferenceFact]
    public void Of_the_paper_raise_its_five_layers_and_cost_what_it_reports()
    {
        CircuitDiff diff = CircuitDiff.Between(PaperFile.Base, PaperFile.AfterRank2);

        RankPlan plan = new RankPlanner(Shapes.Pythia1B4).Plan(diff, Rule, RankBudget.Given(8, 32, criticalLayers: 5));

        Assert.Equal([0, 11, 3, 5, 4], plan.CriticalLayers.ToArray());
        Assert.Equal((10_223_616L, 2.0), (plan.TrainableParameters, plan.AlphaOverRank));
        Assert.Null(plan.BudgetParameters);
    }

    [Fact]
    public void Meet_every_budget_or_miss_it_by_less_than_one_step_and_say_so()
    {
        CircuitDiff[] diffs = [.. Enumerable.Range(1, 12).Select(Diff)];
        foreach ((int layers, int critical, int uniform) in Cases())
        {
            TransformerConfig shape = Shapes.NeoX(layers, 2, 256);

            RankPlan plan = new RankPlanner(shape).Plan(diffs[layers - 1], Rule, RankBudget.EqualTo(uniform, critical));

            long missing = plan.BudgetParameters!.Value - plan.TrainableParameters;
            bool solvable = Enumerable
                .Range(1, uniform - 1)
                .Any(low => (layers - critical) * (uniform - low) % critical == 0);
            Assert.InRange(
                missing,
                0,
                solvable ? 0 : critical * RankPattern.Uniform(1).TrainableParameters(shape) / layers - 1
            );
            Assert.Contains(missing == 0 ? "exactly those" : "fewer than the", plan.Why);
            Assert.True(plan.Pattern.DefaultRank < uniform && plan.Pattern.RankOf(plan.CriticalLayers[0]) > uniform);
        }
    }

    [Theory]
    [InlineData(2, 14)]
    [InlineData(1, 19)]
    public void Can_take_more_from_the_others(int low, int high)
    {
        RankPlan plan = new RankPlanner(Shapes.Tiny).Plan(Diff(6), Rule, RankBudget.EqualTo(4, lowRank: low));

        Assert.Equal((low, high), (plan.Pattern.DefaultRank, plan.Pattern.RankOf(plan.CriticalLayers[0])));
        Assert.Equal(plan.BudgetParameters, plan.TrainableParameters);
    }

    [Fact]
    public void Without_a_rule_have_one_rank()
    {
        RankPlan plan = new RankPlanner(Shapes.Tiny).Uniform(4);

        Assert.Equal(("uniform", RankPattern.Uniform(4)), (plan.Rule, plan.Pattern));
        Assert.Equal("Every layer has rank 4: 24,576 trainable parameters.", plan.Why);
        Assert.Empty(plan.CriticalLayers);
    }

    [Fact]
    public void That_leave_nobody_to_take_from_are_refused()
    {
        RankPlanner planner = new(Shapes.Tiny);

        Assert.StartsWith(
            "The number of critical layers is '6', but 1 to 5 is allowed in a model of 6, since others must give what they get.",
            Assert.Throws<ArgumentException>(() => planner.Plan(Diff(6), Rule, RankBudget.EqualTo(4, 6))).Message
        );
        Assert.StartsWith(
            "The '1' other layers cannot give '5' critical ones a rank above '2'",
            Assert.Throws<ArgumentException>(() => planner.Plan(Diff(6), Rule, RankBudget.EqualTo(2, 5))).Message
        );
        Assert.StartsWith(
            "The circuits have '3' layers, but the model has 6.",
            Assert.Throws<ArgumentException>(() => planner.Plan(Diff(3), Rule, RankBudget.EqualTo(4))).Message
        );
    }

    [Theory]
    [InlineData(1, 1, null)]
    [InlineData(4, 1, 4)]
    [InlineData(4, 1, 0)]
    [InlineData(4, 0, null)]
    public void Of_ranks_that_cannot_be_are_refused(int uniform, int critical, int? low) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => RankBudget.EqualTo(uniform, critical, low));

    private static IEnumerable<(int Layers, int Critical, int Uniform)> Cases() =>
        from layers in Enumerable.Range(2, 11)
        from critical in Enumerable.Range(1, layers - 1)
        from uniform in Enumerable.Range(2, 9)
        where (layers - critical) * (uniform - 1) >= critical
        select (layers, critical, uniform);

    private static CircuitDiff Diff(int layers)
    {
        ComputationGraph graph = new(layers, 2, parallelBlocks: true);
        return CircuitDiff.Between(Made.Circuit(graph, 3), Made.Circuit(graph, 4));
    }
}
