using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using CircuitPipeline.Attribution;
using CircuitPipeline.Attribution.Evaluation;
using CircuitPipeline.Circuits.Scores;
using CircuitPipeline.Circuits.Selection;
using CircuitPipeline.Pipeline.Errors;
using CircuitPipeline.Reporting.Html;
using CircuitPipeline.Tool.CommandLine;

namespace CircuitPipeline.Tool.Commands;

/// <summary><c>evaluate</c>: runs a circuit, or circuits of growing size, beside the whole model.</summary>
internal sealed class EvaluateCommand : ToolCommand
{
    private static readonly Option<string> CircuitOption = OptionFactory.Optional(
        "--circuit",
        "CIRCUIT.json",
        "The circuit."
    );

    private static readonly Option<bool> Complement = OptionFactory.Flag(
        "--complement",
        "Measure the edges outside the circuit too: its completeness."
    );

    private static readonly Option<string> Scores = OptionFactory.Optional(
        "--scores",
        "SCORES.json",
        "Instead of one circuit: measure those of growing size, with the areas CPR and CMD."
    );

    private static readonly Option<bool> Signed = OptionFactory.Flag(
        "--signed",
        "With '--scores': choose edges by their score with its sign."
    );

    internal EvaluateCommand()
        : base(
            "evaluate",
            "Runs a circuit alone and compares it with its whole model.",
            [CircuitOption, Complement, Scores, Signed, .. ModelRunOptions.All]
        ) { }

    internal override CommandResult Run(ParsedOptions options, CommandContext context)
    {
        ModelRunOptions model = ModelRunOptions.Read(options, context);
        string? circuit = options.TextOrNull(CircuitOption);
        string? scores = options.TextOrNull(Scores);
        options.Refuse(Complement, circuit is null, "it is the complement of a '--circuit'");
        options.Refuse(Signed, scores is null, "only edges chosen by '--scores' have a sign");
        return (circuit, scores) switch
        {
            (not null, null) => OfCircuit(model, circuit, options.Flag(Complement), context),
            (null, not null) => OfGrowingSize(model, scores, options.Flag(Signed), context),
            _ => throw new InvalidExperimentException(
                $"{(circuit is null ? "neither" : "both")} of '--circuit' and '--scores' are given, but exactly one says what is evaluated."
            ),
        };
    }

    private CommandResult OfCircuit(ModelRunOptions model, string file, bool complement, CommandContext context)
    {
        Metric metric = model.MetricOrDefault;
        Circuit circuit = CircuitFiles.Read(file);
        using ModelRun run = ModelRun.Load(model, metric, context);
        CircuitEvaluator evaluator = run.Evaluator(context.Time);
        RunEstimate estimate = run.EstimateOfCircuits(Name, context);
        (CircuitEvaluation values, CircuitEvaluation? outside) = UserErrors.Wrap<(
            CircuitEvaluation,
            CircuitEvaluation?
        )>(() =>
        {
            if (!complement)
            {
                return (
                    evaluator.Evaluate(run.Model, circuit, run.Pairs, metric, estimate.Report, context.Cancellation),
                    null
                );
            }

            CircuitCompleteness both = evaluator.Completeness(
                run.Model,
                circuit,
                run.Pairs,
                metric,
                estimate.Report,
                context.Cancellation
            );
            return (both.Circuit, both.Complement);
        });
        estimate.Finish();
        return new CommandResult(
            new
            {
                Metric = metric.Name,
                Intervention = EnumNames.Of(evaluator.Intervention),
                Examples = values.Total,
                Clean = MeanAndEach(values.Clean),
                Corrupted = MeanAndEach(values.Corrupted),
                Circuit = MeanAndEach(values.Circuit),
                Complement = outside is null ? null : MeanAndEach(outside.Circuit),
                Faithfulness = values.Faithfulness.Value,
                FaithfulnessPaperPercent = values.Faithfulness.PaperPercent,
                ComplementFaithfulness = outside?.Faithfulness.Value,
                KlToClean = values.MeanDivergence,
                Accuracy = new { Clean = values.CleanAccuracy, Circuit = values.CircuitAccuracy },
                Edges = EdgeCounts.Of(circuit),
                Computed = model.ComputedWith,
            },
            [.. Lines(metric, circuit, values, outside)]
        )
        {
            Ignored = run.Ignored,
            Warnings =
            [
                .. CircuitWarnings.OfEach((file, circuit)),
                .. Undefined(values.Faithfulness),
                .. UselessPairs(metric, evaluator, run),
            ],
            DocumentWarnings = [.. UndefinedOfPaper(values.Faithfulness)],
        };
    }

    private static IEnumerable<string> UselessPairs(Metric metric, CircuitEvaluator evaluator, ModelRun run) =>
        [
            .. run.Rows.Warnings,
            .. DegenerateInput.WarningsOf(metric.Name, EnumNames.Of(evaluator.Intervention), run.Pairs),
        ];

    // The anchors of all circuits are the same: those of the whole model.
    private static IEnumerable<string> Undefined(Faithfulness faithfulness)
    {
        if (faithfulness.Clean == faithfulness.Corrupted)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"faithfulness is undefined, because the metric is {Rounded(faithfulness.Clean)} for clean and corrupted prompts alike; give pairs or answers that differ."
            );
        }
    }

    private static IEnumerable<string> UndefinedOfPaper(Faithfulness faithfulness)
    {
        if (faithfulness.Clean == 0 && faithfulness.Corrupted != 0)
        {
            yield return "the paper's faithfulness is undefined, because it divides by the clean metric, which is 0.";
        }
    }

    private static IEnumerable<string> Ties(EdgeScores scores, bool signed, FaithfulnessCurve curve)
    {
        ScoreTies[] ties =
        [
            .. curve.Points.Select(point => ScoreTies.AtCut(scores.Values, point.Edges, signed)).OfType<ScoreTies>(),
        ];
        string sizes =
            ties.Length > 1
                ? $"at {ties.Length} of {curve.Points.Length} sizes equal scores stand on both sides of the cut; of the first, "
                : "";
        return CircuitWarnings.OfTies(ties.Length > 0 ? ties[0] : null).Select(sentence => sizes + sentence);
    }

    private static string Text(double value) => double.IsFinite(value) ? Rounded(value) : "undefined";

    // Adding 0 leaves no negative one, and there is none after rounding either.
    private static string Rounded(double value) =>
        (Math.Round(value, 4) + 0.0).ToString("0.####", CultureInfo.InvariantCulture);

    private static string Accuracy(CircuitEvaluation values) =>
        values.CleanAccuracy is { } whole
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"accuracy {values.CircuitAccuracy:0.####}, whole model {whole:0.####}"
            )
            : "no accuracy, because not every pair has an answer";

    private static string AndAccuracy(CircuitEvaluation values) =>
        values.CircuitAccuracy is { } accuracy
            ? string.Create(CultureInfo.InvariantCulture, $", accuracy {accuracy:0.####}")
            : "";

    private static object MeanAndEach(ImmutableArray<double> values) =>
        new { Mean = values.Average(), PerExample = values };

    private static IEnumerable<string> Lines(
        Metric metric,
        Circuit circuit,
        CircuitEvaluation values,
        CircuitEvaluation? outside
    )
    {
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"{metric.Name}: clean {Rounded(values.Faithfulness.Clean)}, corrupted {Rounded(values.Faithfulness.Corrupted)}, circuit {Rounded(values.Faithfulness.Circuit)}"
        );
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"faithfulness {Text(values.Faithfulness.Value)} with {Plural.Of(circuit.EdgeCount, "edge")}; {Accuracy(values)}, {Plural.Of(values.Total, "pair")}"
        );
        if (outside is not null)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"the edges outside it: {Rounded(outside.Faithfulness.Circuit)}, faithfulness {Text(outside.Faithfulness.Value)}"
            );
        }
    }

    private CommandResult OfGrowingSize(ModelRunOptions model, string file, bool signed, CommandContext context)
    {
        (EdgeScores scores, string[] ofScores) = CircuitFiles.ReadScores(file);
        Metric metric = model.MetricOrDefault;
        using ModelRun run = ModelRun.Load(model, metric, context);
        CircuitEvaluator evaluator = run.Evaluator(context.Time);
        RunEstimate estimate = run.EstimateOfCircuits(Name, context);
        FaithfulnessCurve curve = UserErrors.Wrap(() =>
            evaluator.Curve(run.Model, scores, run.Pairs, metric, signed, estimate.Report, context.Cancellation)
        );
        estimate.Finish();
        return new CommandResult(
            new
            {
                curve.Cpr,
                curve.Cmd,
                Points = curve.Points.Select(point => new
                {
                    point.Fraction,
                    Edges = new EdgeCounts(point.Edges, point.EdgesAfterPruning),
                    point.Faithfulness,
                    Mean = point.Evaluation.Faithfulness.Circuit,
                    Accuracy = point.Evaluation.CircuitAccuracy,
                }),
                Computed = model.ComputedWith,
            },
            [
                .. curve.Points.Select(point =>
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{point.Fraction, 7:0.0%} {point.EdgesAfterPruning, 10:N0} edges: faithfulness {Text(point.Faithfulness)}{AndAccuracy(point.Evaluation)}"
                    )
                ),
                string.Create(CultureInfo.InvariantCulture, $"CPR {Text(curve.Cpr)}, CMD {Text(curve.Cmd)}"),
            ]
        )
        {
            Ignored = run.Ignored,
            Warnings =
            [
                .. ofScores,
                .. Ties(scores, signed, curve),
                .. UselessPairs(metric, evaluator, run),
                .. Undefined(curve.Points[0].Evaluation.Faithfulness),
            ],
        };
    }
}
