using CircuitPipeline.Attribution;
using CircuitPipeline.Testing;
using Xunit;
using static TorchSharp.torch;

namespace CircuitPipeline.TorchTests.Attribution;

public sealed class OracleCircuits
{
    public static TheoryData<string, string> Runs { get; } = OracleRun.Rows(_ => true);

    [ReferenceTheory]
    [MemberData(nameof(Runs))]
    public void Have_the_logit_differences_of_the_reference_pair_by_pair(string model, string id)
    {
        OracleRun run = OracleRun.Named(id);
        using Oracle oracle = new(model, run.Library);

        foreach (Intervention intervention in Enum.GetValues<Intervention>())
        {
            MustEqual(oracle, run, intervention, Metrics.LogitDifference, "logit_diff", 1, 1e-9);
        }
    }

    // KL(reference || run) / 64, the size of the vocabulary; the older library compares with the corrupted run.
    [ReferenceTheory]
    [MemberData(nameof(Runs))]
    public void Have_the_divergences_of_the_reference_pair_by_pair(string model, string id)
    {
        OracleRun run = OracleRun.Named(id);
        using Oracle oracle = new(model, run.Library);
        Metric metric = Metrics.Kl(run.Library == "old" ? ReferenceRun.Corrupted : ReferenceRun.Clean);

        foreach (Intervention intervention in Enum.GetValues<Intervention>())
        {
            MustEqual(oracle, run, intervention, metric, "kl", 1.0 / 64, 1e-9);
        }
    }

    [ReferenceTheory]
    [InlineData("gpt2")]
    [InlineData("neox")]
    public void Are_near_the_reference_in_single_precision(string model)
    {
        OracleRun run = OracleRun.Named("eap_ig_inputs_5_ld");
        using Oracle oracle = new(model, run.Library, ScalarType.Float32);

        foreach (Intervention intervention in Enum.GetValues<Intervention>())
        {
            MustEqual(oracle, run, intervention, Metrics.LogitDifference, "logit_diff", 1, 2e-5 * 12); // the largest is about 12
        }
    }

    private static void MustEqual(
        Oracle oracle,
        OracleRun run,
        Intervention intervention,
        Metric metric,
        string name,
        double factor,
        double tolerance
    )
    {
        (OracleSelection Selection, double[] Values)[] known =
        [
            .. from selection in oracle.Selections(run.Id)
            let values = selection.Values(Words.Of(intervention), name)
            where values is not null
            select (selection, values),
        ];
        if (known.Length == 0)
            return;

        var results = new CircuitEvaluator(batch: 7, TimeProvider.System, intervention).EvaluateAll(
            oracle.Model,
            [.. known.Select(row => row.Selection.Circuit)],
            oracle.Pairs(run.Set),
            metric
        );

        foreach (
            (OracleSelection selection, double[] values, CircuitEvaluation result) in known.Zip(
                results,
                (row, result) => (row.Selection, row.Values, result)
            )
        )
        {
            string what = $"{selection} by {intervention}";
            MustBeNear(values, result.Circuit, factor, tolerance, what);
            if (name == "logit_diff" && oracle.Baseline(run.Set, "clean") is { } clean)
            {
                MustBeNear(clean, result.Clean, factor, tolerance, "the clean run");
                MustBeNear(
                    oracle.Baseline(run.Set, "corrupted")!,
                    result.Corrupted,
                    factor,
                    tolerance,
                    "the corrupted run"
                );
            }
        }
    }

    private static void MustBeNear(
        double[] expected,
        IReadOnlyList<double> actual,
        double factor,
        double tolerance,
        string what
    )
    {
        Assert.Equal(expected.Length, actual.Count);
        double gap = expected.Zip(actual, (wanted, found) => Math.Abs(wanted - found * factor)).Max();
        Assert.True(gap <= tolerance, $"The {what} differs by {gap:E1}.");
    }
}
