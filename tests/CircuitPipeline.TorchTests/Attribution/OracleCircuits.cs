using CircuitPipeline.Attribution;
using CircuitPipeline.Circuits;
using CircuitPipeline.Testing;
using Xunit;

namespace CircuitPipeline.TorchTests.Attribution;

public sealed class OracleCircuits
{
    [ReferenceTheory]
    [InlineData("eap_ig_inputs_5_ld", "main", 11)]
    [InlineData("exact_ld_fresh_graph_per_edge", "main", 11)]
    [InlineData("eap_ig_inputs_5_ld_padded", "padded", 4)]
    [InlineData("eap_ig_inputs_5_ld_ragged_batches", "ragged", 4)]
    public void Have_the_values_of_the_reference_example_by_example(string id, string set, int count)
    {
        using Oracle oracle = new();
        CircuitEvaluator evaluator = new(batch: 7, TimeProvider.System);
        EncodedPairs pairs = oracle.Pairs(set);
        (Circuit Circuit, double[] Values)[] selections = [.. oracle.TopN(id)];

        Assert.Equal(count, selections.Length);
        Assert.All(
            selections,
            selection =>
            {
                var result = evaluator.Evaluate(oracle.Model, selection.Circuit, pairs, Metrics.LogitDifference);
                MustEqual(selection.Values, result.Circuit);
                MustEqual(oracle.Baseline(set, "clean"), result.Clean);
                MustEqual(oracle.Baseline(set, "corrupted"), result.Corrupted);
            }
        );
    }

    [ReferenceFact]
    public void Keep_their_values_when_they_are_pruned()
    {
        using Oracle oracle = new();
        CircuitEvaluator evaluator = new(batch: 16, TimeProvider.System);
        (Circuit circuit, double[] values) = oracle
            .TopN("eap_ig_inputs_5_ld")
            .Single(row => row.Circuit.EdgeCount == 20);

        Circuit pruned = circuit.Prune();
        var result = evaluator.Evaluate(oracle.Model, pruned, oracle.Pairs("main"), Metrics.LogitDifference);

        Assert.True(pruned.EdgeCount < 20);
        MustEqual(values, result.Circuit);
    }

    private static void MustEqual(IEnumerable<double> expected, IEnumerable<double> actual) =>
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-9));
}
