using System.Collections.Immutable;
using CircuitPipeline.Attribution;
using CircuitPipeline.Attribution.Evaluation;
using Xunit;
using static TorchSharp.torch;

namespace CircuitPipeline.TorchTests.Attribution;

public sealed class OracleCircuits
{
    // Of the reference's KL, which is a mean over the vocabulary.
    private const double Vocabulary = 64;

    public static TheoryData<string, string> Runs { get; } = OracleRun.Rows(run => run.HasSelections);

    public static TheoryData<string, string> OlderRuns { get; } =
        OracleRun.Rows(run => run.HasSelections && run.Library == "old");

    [Theory]
    [MemberData(nameof(Runs))]
    public void Have_the_values_of_the_reference_pair_by_pair(string model, string id)
    {
        OracleRun run = OracleRun.Named(id);
        using Oracle oracle = new(model, run.Library);

        Assert.NotEmpty(oracle.Selections(id));
        foreach ((OracleSelection selection, Intervention by, CircuitEvaluation result) in Evaluate(oracle, run))
        {
            MustBeNear(selection.Values(by, "logit_diff")!, result.Circuit, 1e-9, $"{selection} by {by}");
            if (run.Library == "new")
            {
                MustBeNear(selection.Values(by, "kl")!, Scaled(result.Divergence), 1e-9, $"{selection} by {by}");
            }
        }
    }

    // The older library compares with the corrupted run.
    [Theory]
    [MemberData(nameof(OlderRuns))]
    public void Have_the_divergences_from_the_corrupted_run_of_the_older_reference(string model, string id)
    {
        OracleRun run = OracleRun.Named(id);
        using Oracle oracle = new(model, run.Library);

        foreach (
            (OracleSelection? selection, Intervention by, CircuitEvaluation? result) in Evaluate(
                oracle,
                run,
                Metrics.Kl(ReferenceRun.Corrupted)
            )
        )
        {
            MustBeNear(selection.Values(by, "kl")!, Scaled(result.Circuit), 1e-9, $"{selection}");
        }
    }

    [Theory]
    [InlineData("gpt2", "main")]
    [InlineData("gpt2", "ragged")]
    [InlineData("gpt2", "padded")]
    [InlineData("neox", "main")]
    [InlineData("neox", "ragged")]
    [InlineData("neox", "padded")]
    public void Stand_beside_the_whole_models_values_of_the_reference(string model, string set)
    {
        using Oracle oracle = new(model);

        CircuitEvaluation result = new CircuitEvaluator(7, TimeProvider.System).Evaluate(
            oracle.Model,
            oracle.Selections("eap_ig_inputs_5_ld").First().Circuit,
            oracle.Pairs(set),
            Metrics.LogitDifference
        );

        MustBeNear(oracle.Baseline(set, "clean"), result.Clean, 1e-9, "clean run");
        MustBeNear(oracle.Baseline(set, "corrupted"), result.Corrupted, 1e-9, "corrupted run");
    }

    [Theory]
    [InlineData("gpt2")]
    [InlineData("neox")]
    public void Are_near_the_reference_in_single_precision(string model)
    {
        OracleRun run = OracleRun.Named("eap_ig_inputs_5_ld");
        using Oracle oracle = new(model, type: ScalarType.Float32);

        foreach ((OracleSelection? selection, Intervention by, CircuitEvaluation? result) in Evaluate(oracle, run))
        {
            double[] values = selection.Values(by, "logit_diff")!;
            MustBeNear(values, result.Circuit, 2e-5 * values.Max(Math.Abs), $"{selection} by {by}");
        }
    }

    private static IEnumerable<(OracleSelection Selection, Intervention By, CircuitEvaluation Result)> Evaluate(
        Oracle oracle,
        OracleRun run,
        Metric? metric = null
    )
    {
        foreach (Intervention intervention in Enum.GetValues<Intervention>())
        {
            OracleSelection[] known =
            [
                .. oracle.Selections(run.Id).Where(selection => selection.Values(intervention, "kl") is not null),
            ];

            CircuitEvaluator evaluator = new(batch: 16, TimeProvider.System, intervention);
            ImmutableArray<CircuitEvaluation> results = evaluator.EvaluateAll(
                oracle.Model,
                [.. known.Select(selection => selection.Circuit)],
                oracle.Pairs(run.Set),
                metric ?? Metrics.LogitDifference
            );
            foreach ((OracleSelection selection, CircuitEvaluation result) in known.Zip(results))
            {
                yield return (selection, intervention, result);
            }
        }
    }

    private static double[] Scaled(IEnumerable<double> divergences) =>
        [.. divergences.Select(value => value / Vocabulary)];

    private static void MustBeNear(
        IReadOnlyList<double> expected,
        IReadOnlyList<double> actual,
        double tolerance,
        string what
    )
    {
        Assert.Equal(expected.Count, actual.Count);
        double gap = expected.Zip(actual, (wanted, found) => Math.Abs(wanted - found)).Max();
        Assert.True(gap <= tolerance, $"The {what} differs by {gap:E1}.");
    }
}
