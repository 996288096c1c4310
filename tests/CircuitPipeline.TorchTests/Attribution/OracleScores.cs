using CircuitPipeline.Attribution;
using CircuitPipeline.Circuits;
using CircuitPipeline.Testing;
using Xunit;

namespace CircuitPipeline.TorchTests.Attribution;

public sealed class OracleScores
{
    // The reference divides by the batch size once more than by the number of examples.
    [ReferenceTheory]
    [InlineData("eap_ig_inputs_5_ld", "main", 5, 8)]
    [InlineData("eap_ig_inputs_30_ld", "main", 30, 8)]
    [InlineData("eap_ig_inputs_5_ld_batch16", "main", 5, 16)]
    [InlineData("eap_ig_inputs_5_ld_padded", "padded", 5, 8)]
    public void Of_integrated_gradients_are_those_of_the_reference(string id, string set, int steps, int scale)
    {
        using Oracle oracle = new();
        EapIgInputs method = new(steps, Quadrature.Left, batch: 5, TimeProvider.System);

        EdgeScores scores = method.Attribute(oracle.Model, oracle.Pairs(set), Metrics.LogitDifference);

        MustEqual([.. oracle.Scores(id).Select(score => score * scale)], scores);
    }

    [ReferenceFact]
    public void Of_ragged_batches_are_those_of_the_reference_batch_by_batch()
    {
        using Oracle oracle = new();
        EapIgInputs method = new(5, Quadrature.Left, batch: 8, TimeProvider.System);
        EncodedPairs pairs = oracle.Pairs("ragged");
        double[] sum = new double[oracle.Graph.EdgeCount];

        foreach (int[] rows in Enumerable.Range(0, 20).Chunk(8))
        {
            EncodedPairs batch = EncodedPairs.Of(rows.Select(row => pairs[row]));
            EdgeScores scores = method.Attribute(oracle.Model, batch, Metrics.LogitDifference);
            sum = [.. sum.Zip(scores.Values, (total, score) => total + score / 20)];
        }

        double[] expected = oracle.Scores("eap_ig_inputs_5_ld_ragged_batches");
        double largest = expected.Max(Math.Abs);
        Assert.All(expected.Zip(sum), pair => Assert.Equal(pair.First, pair.Second, 1e-9 * largest));
    }

    [ReferenceFact]
    public void Of_exact_patching_are_those_of_the_reference()
    {
        using Oracle oracle = new();
        ExactPatching method = new(batch: 16, TimeProvider.System);

        EdgeScores scores = method.Attribute(oracle.Model, oracle.Pairs("main"), Metrics.LogitDifference);

        MustEqual(oracle.Scores("exact_ld_fresh_graph_per_edge"), scores);
    }

    private static void MustEqual(double[] expected, EdgeScores scores)
    {
        double largest = expected.Max(Math.Abs);
        Assert.Equal(250, expected.Length);
        Assert.All(expected.Zip(scores.Values), pair => Assert.Equal(pair.First, pair.Second, 1e-9 * largest));
    }
}
