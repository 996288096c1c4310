using System.Text.Json;
using CircuitPipeline.Attribution;
using CircuitPipeline.Attribution.Evaluation;
using CircuitPipeline.Circuits.Files;
using CircuitPipeline.Circuits.Scores;
using CircuitPipeline.Circuits.Selection;
using CircuitPipeline.Models;
using CircuitPipeline.Models.Checkpoints;
using CircuitPipeline.Prompts.PromptPairs;
using CircuitPipeline.Tensors.Calls;
using CircuitPipeline.Testing;
using CircuitPipeline.Text.Tables;
using TorchSharp;
using Xunit;

namespace CircuitPipeline.TorchTests.ToolFront;

/// <summary>What the options of 'attribute', 'evaluate' and 'robustness' ask for is what the library does.</summary>
public sealed class OptionsOfMeasurements : IDisposable
{
    private const string Inputs =
        "--model model --pairs pairs.jsonl --dtype float64 --threads 1 --numerics reproducible";
    private readonly ModelFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("--method eap --intervention zero", "eap", Intervention.Zero)]
    [InlineData("--method eap --intervention mean-positional", "eap", Intervention.MeanPositional)]
    [InlineData("--method exact --intervention mean", "exact", Intervention.Mean)]
    public void An_intervention_is_the_librarys(string options, string method, Intervention intervention)
    {
        EdgeScores expected = Scores(method, its => its with { Intervention = intervention });

        Assert.Equal(expected.Values.ToArray(), ScoresOf(options).Values.ToArray());
    }

    [Fact]
    public void A_metric_with_its_reference_is_the_librarys()
    {
        EdgeScores expected = Scores("eap", its => its, Metrics.Kl(ReferenceRun.Corrupted));

        EdgeScores found = ScoresOf("--method eap --metric kl-divergence --kl-reference corrupted");

        Assert.Equal(expected.Values.ToArray(), found.Values.ToArray());
        Assert.Equal("kl-divergence-to-corrupted", found.Origin.Metric);
    }

    [Fact]
    public void Random_scores_depend_on_the_seed_alone()
    {
        double[] first = [.. ScoresOf("--method random --seed 1").Values];

        Assert.Equal(first, ScoresOf("--method random --seed 1").Values.ToArray());
        Assert.NotEqual(first, ScoresOf("--method random --seed 2").Values.ToArray());
    }

    [Fact]
    public void Scores_in_bfloat16_are_those_of_float64_in_few_digits()
    {
        ToolRun run = _folder.Run(
            "attribute --model model --pairs pairs.jsonl --dtype bfloat16 --threads 1 --method eap-ig-inputs --out half.json"
        );

        Assert.True(run.ExitCode == 0, run.Error);
        double[] half = [.. ScoresFile.Read(_folder["half.json"]).Values];
        double[] exact = [.. ScoresOf("--method eap-ig-inputs").Values];
        Assert.All(half.Zip(exact), pair => Assert.Equal(pair.Second, pair.First, 0.1 * exact.Max(Math.Abs)));
        Assert.NotEqual(exact, half);
    }

    [Theory]
    [InlineData("bfloat16", 0.25)]
    [InlineData("float16", 0.04)]
    public void Exact_patching_in_16_bits_says_that_small_scores_are_rounding(string dtype, double tolerance)
    {
        ToolRun run = _folder.Run(
            $"attribute --model model --pairs pairs.jsonl --dtype {dtype} --threads 1 --method exact --out half.json"
        );

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains($"Warning: 'exact' subtracts the metric of two runs, and '{dtype}' keeps ", run.Error);
        double[] half = [.. ScoresFile.Read(_folder["half.json"]).Values];
        double[] exact = [.. ScoresOf("--method exact").Values];
        double worst = half.Zip(exact).Max(pair => Math.Abs(pair.First - pair.Second)) / exact.Max(Math.Abs);
        Assert.InRange(worst, 1e-6, tolerance);
    }

    [Fact]
    public void A_complement_is_measured_beside_its_circuit()
    {
        ScoresOf("--method eap");
        Assert.Equal(0, _folder.Run("select --scores s.json --selector top-n --edges 20 --out c.json").ExitCode);

        JsonElement found = Json($"evaluate {Inputs} --circuit c.json --complement --json");

        Circuit circuit = CircuitFile.Read(_folder["c.json"]);
        CircuitCompleteness expected = With(
            (model, pairs) =>
                new CircuitEvaluator(8, TimeProvider.System).Completeness(
                    model,
                    circuit,
                    pairs,
                    Metrics.LogitDifference
                )
        );
        Assert.Equal(
            expected.Complement.Circuit.Average(),
            found.GetProperty("complement").GetProperty("mean").GetDouble()
        );
    }

    [Fact]
    public void Scores_are_evaluated_as_circuits_of_growing_size()
    {
        EdgeScores scores = ScoresOf("--method eap");

        JsonElement found = Json($"evaluate {Inputs} --scores s.json --json");

        FaithfulnessCurve expected = With(
            (model, pairs) =>
                new CircuitEvaluator(8, TimeProvider.System).Curve(model, scores, pairs, Metrics.LogitDifference)
        );
        Assert.Equal(expected.Cpr, found.GetProperty("cpr").GetDouble());
        Assert.Equal(expected.Cmd, found.GetProperty("cmd").GetDouble());
        Assert.Equal(10, found.GetProperty("points").GetArrayLength());
    }

    [Fact]
    public void Robustness_compares_every_two_circuits()
    {
        JsonElement found = Json($"robustness {Inputs} --method eap --edges 20 --by resampled --times 4 --json");

        Assert.Equal(6, found.GetProperty("jaccards").GetArrayLength());
        Assert.InRange(found.GetProperty("mean").GetDouble(), 0.01, 1);
    }

    [Theory]
    [InlineData("eap-ig-inputs")]
    [InlineData("exact")]
    [InlineData("information-flow-routes")]
    [InlineData("random --seed 3")]
    public void A_memory_chooses_the_batch_and_leaves_the_scores_as_they_are(string method)
    {
        double[] expected = [.. ScoresOf($"--method {method} --batch 1").Values];

        double[] found = [.. ScoresOf($"--method {method} --memory 2GB").Values];

        Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
    }

    [Theory]
    [InlineData(
        "attribute {0} --method eap --memory 1MB --out s.json",
        "A memory of 1 MB does not hold one example; this model needs at least "
    )]
    [InlineData(
        "attribute {0} --method eap --memory much --out s.json",
        "'--memory' is 'much', but an amount of memory is allowed"
    )]
    [InlineData("attribute {0} --method eap --memory 1GB --batch 2 --out s.json", "'--batch' cannot be used here")]
    [InlineData(
        "attribute {0} --method exact --memory 1MB --out s.json",
        "A memory of 1 MB does not hold one example; this model needs at least "
    )]
    [InlineData("evaluate {0}", "neither of '--circuit' and '--scores' are given")]
    [InlineData("evaluate {0} --circuit a --scores b", "both of '--circuit' and '--scores' are given")]
    [InlineData("evaluate {0} --scores b --complement", "'--complement' cannot be used here")]
    [InlineData("attribute {0} --method eap --metric kl-divergence --out s.json", "clean")]
    [InlineData("attribute {0} --method random --out s.json", "no seed is given")]
    [InlineData("attribute {0} --method information-flow-routes --metric accuracy --out s.json", "reads no metric")]
    [InlineData("attribute {0} --method eap --metric accuracy --out s.json", "accuracy")]
    [InlineData("robustness {0} --method eap --edges 20 --by perturbed", "'--share' is missing")]
    [InlineData(
        "robustness {0} --method eap --edges 20 --by splits --times 9",
        "'--times' is '9', but 'splits' of 3 pairs needs 2 or more, and at most 3."
    )]
    [InlineData("robustness {0} --method eap --edges 20 --by resampled --times 1", "needs 2 or more.")]
    [InlineData("robustness {0} --method eap --edges 9999 --by resampled", "choose 1 to")]
    public void What_has_no_meaning_is_refused(string line, string words)
    {
        ToolRun run = _folder.Run(string.Format(line, Inputs));

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains(words, run.Error);
        // What is refused late may have told its progress before, on a machine that is busy.
        Assert.Single(run.Error.Trim().Split('\n'), line => !line.EndsWith(" s left"));
    }

    [Theory]
    [InlineData("9999", 2, "'--edges' is '9999', but the graph has ")]
    [InlineData("20", 1, "the corrupted prompt equals the clean one")]
    public void More_edges_than_the_graph_has_are_refused_before_a_circuit_is_computed(
        string edges,
        int exitCode,
        string words
    )
    {
        // No circuit can be computed of pairs whose prompts are equal.
        File.WriteAllText(
            _folder["pairs.jsonl"],
            """
            {"clean": [1, 2], "corrupted": [1, 2], "label": [6, 7]}
            {"clean": [3, 4], "corrupted": [3, 4], "label": [6, 7]}
            """
        );

        ToolRun run = _folder.Run($"robustness {Inputs} --method eap --edges {edges} --by resampled");

        Assert.Equal((exitCode, ""), (run.ExitCode, run.Output));
        Assert.Contains(words, run.Error);
    }

    private EdgeScores ScoresOf(string options)
    {
        ToolRun run = _folder.Run($"attribute {Inputs} {options} --out s.json");
        Assert.True(run.ExitCode == 0, run.Error);
        return ScoresFile.Read(_folder["s.json"]);
    }

    private EdgeScores Scores(
        string method,
        Func<AttributionOptions, AttributionOptions> change,
        Metric? metric = null
    ) =>
        With(
            (model, pairs) =>
                AttributionMethods
                    .Create(method, change(new AttributionOptions()), 8, TimeProvider.System)
                    .Attribute(model, pairs, metric ?? Metrics.LogitDifference)
        );

    private JsonElement Json(string line)
    {
        ToolRun run = _folder.Run(line);
        Assert.True(run.ExitCode == 0, run.Error);
        return run.Json;
    }

    private T With<T>(Func<Transformer, EncodedPairs, T> measure)
    {
        // As '--threads 1': how MKL cuts a product depends on their number.
        GuardedCalls.UseThreads(1);
        using Transformer model = Checkpoint.Load(_folder["model"], torch.float64, torch.CPU);
        return measure(model, PairsReader.Read(_folder["pairs.jsonl"], null).Pairs(dropUnusable: false));
    }
}
