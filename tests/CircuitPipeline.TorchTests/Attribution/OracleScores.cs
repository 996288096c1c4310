using CircuitPipeline.Attribution;
using CircuitPipeline.Circuits.Graph;
using CircuitPipeline.Circuits.Scores;
using Xunit;
using static TorchSharp.torch;

namespace CircuitPipeline.TorchTests.Attribution;

public sealed class OracleScores
{
    // Batches of 8, 8 and 4 have no one factor.
    public static TheoryData<string, string> EvenRuns { get; } = OracleRun.Rows(run => run.Set != "ragged");

    public static TheoryData<string, string> RunsThatDependOnBatches { get; } =
        OracleRun.Rows(run => run.DependsOnBatches);

    [Theory]
    [MemberData(nameof(EvenRuns))]
    public void Are_those_of_the_reference_but_for_a_stated_factor(string model, string id)
    {
        OracleRun run = OracleRun.Named(id);
        using Oracle oracle = new(model, run.Library);

        // Most batches of the reference are others: per example, they do not count.
        EdgeScores scores = run.Create(batch: 16).Attribute(oracle.Model, oracle.Pairs(run.Set), run.Metric);

        MustEqual(oracle, model, run, scores, run.Factor, 1e-10);
        Assert.Equal("mean", scores.Origin.Aggregation);
    }

    [Theory]
    [MemberData(nameof(EvenRuns))]
    public void Are_near_those_of_the_reference_in_single_precision(string model, string id)
    {
        OracleRun run = OracleRun.Named(id);
        using Oracle oracle = new(model, run.Library, ScalarType.Float32);

        EdgeScores scores = run.Create(batch: 16).Attribute(oracle.Model, oracle.Pairs(run.Set), run.Metric);

        MustEqual(oracle, model, run, scores, run.Factor, 2e-5);
    }

    [Theory]
    [MemberData(nameof(RunsThatDependOnBatches))]
    public void Are_those_of_the_reference_when_they_are_aggregated_as_it_does(string model, string id)
    {
        OracleRun run = OracleRun.Named(id);
        using Oracle oracle = new(model, run.Library);

        EdgeScores scores = run.Create(run.Batch, Aggregation.Reference)
            .Attribute(oracle.Model, oracle.Pairs(run.Set), run.Metric);

        MustEqual(oracle, model, run, scores, run.OwnFactor, 1e-10);
        Assert.Equal($"reference({run.Batch})", scores.Origin.Aggregation);
    }

    private static void MustEqual(
        Oracle oracle,
        string model,
        OracleRun run,
        EdgeScores scores,
        double factor,
        double tolerance
    )
    {
        double[] expected = oracle.Scores(run.Id);
        double largest = expected.Max(Math.Abs);
        Assert.Equal(model == "gpt2" ? 262 : 250, expected.Length);
        (Edge Edge, double Gap)[] gaps =
        [
            .. scores
                .Graph.Edges.Select((edge, index) => (edge, Math.Abs(scores.Values[index] * factor - expected[index])))
                .Where(gap => run.IsComparable(gap.edge, model)),
        ];
        (Edge worst, double gap) = gaps.MaxBy(gap => gap.Gap);
        Assert.True(gap <= tolerance * largest, $"{worst.Name} differs by {gap / largest:E1} of the largest score.");
    }
}
