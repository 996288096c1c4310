using System.Collections.Immutable;
using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using CircuitPipeline.Attribution;
using CircuitPipeline.Attribution.Evaluation;
using CircuitPipeline.Attribution.Methods;
using CircuitPipeline.Circuits;
using CircuitPipeline.Circuits.Config;
using CircuitPipeline.Circuits.Graph;
using CircuitPipeline.Circuits.Scores;
using CircuitPipeline.Circuits.Selection;
using CircuitPipeline.Pipeline.Errors;
using CircuitPipeline.Prompts;
using CircuitPipeline.Prompts.PromptPairs;
using CircuitPipeline.Reporting.Html;
using CircuitPipeline.Tool.CommandLine;

namespace CircuitPipeline.Tool.Commands;

/// <summary><c>robustness</c>: how much a circuit depends on the pairs that it was found with.</summary>
internal sealed class RobustnessCommand : ToolCommand
{
    private const int FewEdges = 10; // one of so many moves Jaccard by a tenth
    private const string Splits = "splits";
    private const string Resampled = "resampled";
    private const string Perturbed = "perturbed";

    private static readonly string[] Ways = [Splits, Resampled, Perturbed];

    private static readonly Option<string> Edges = OptionFactory.Required(
        "--edges",
        "N|P%",
        "How many edges each circuit gets, by absolute score, before pruning."
    );

    private static readonly Option<string> By = OptionFactory.Required(
        "--by",
        Ways,
        "Disjoint parts of the pairs, draws with repetition, or other twins for a share of the pairs."
    );

    private static readonly Option<string> Times = OptionFactory.Optional(
        "--times",
        "N",
        "How many circuits; by default 5."
    );

    private static readonly Option<string> Share = OptionFactory.Optional(
        "--share",
        "X",
        "The share of the pairs that is perturbed, 0 to 1."
    );

    private static readonly Option<string> DrawSeed = OptionFactory.Optional(
        "--draw-seed",
        "N",
        "The seed of the draws; by default 0."
    );

    internal RobustnessCommand()
        : base(
            "robustness",
            "Finds a circuit again with other pairs, and says how much the circuits agree.",
            [.. ModelRunOptions.All, .. MethodOptions.All, Edges, By, Times, Share, DrawSeed]
        ) { }

    internal override CommandResult Run(ParsedOptions options, CommandContext context)
    {
        ModelRunOptions model = ModelRunOptions.Read(options, context);
        MethodOptions method = MethodOptions.Read(options);
        EdgeAmount edges = EdgeAmount.Parse(options.Text(Edges), Edges.Name);
        string by = options.WordOrNull(By, Ways)!;
        double? share = options.RealOrNull(Share, 0, 1);
        int seed = options.WholeOrNull(DrawSeed, 0, int.MaxValue) ?? 0;
        int times = options.WholeOrNull(Times, 1, 1_000) ?? 5; // the paper's
        MustHaveShare(by, share);
        MustDependOnPairs(method);
        Metric metric = method.Create(model, context.Time).Metric; // what does not fit is refused before anything is read
        using ModelRun run = ModelRun.Load(model, method.Measured(metric), context);
        int count = Fewer(edges, new ComputationGraph(run.Model.Config));
        IEdgeAttribution attribution = method.CreateFor(run, context.Time);
        ImmutableArray<EncodedPairs> samples = UserErrors.Wrap(() => Samples(run.Pairs, by, times, share, seed));
        MustPerturb(run.Pairs, samples, by, share);
        RunEstimate estimate = run.Estimate(
            Name,
            positions => method.BoundFor(run, positions),
            samples.Length,
            context
        );
        ImmutableArray<EdgeScores> scored =
        [
            .. samples.Select(
                (pairs, place) =>
                {
                    EdgeScores scores = attribution.Attribute(
                        run.Model,
                        pairs,
                        metric,
                        estimate.Report,
                        context.Cancellation
                    );
                    MustOrderEdges(scores, pairs, run.Model.Config, $"{place + 1} of {samples.Length}");
                    return scores;
                }
            ),
        ];
        estimate.Finish();
        MustVary(scored);
        ImmutableArray<Circuit> circuits =
        [
            .. scored.Select(scores => UserErrors.Wrap(() => new TopN(count).Select(scores)).Prune()),
        ];
        CircuitStability found = UserErrors.Wrap(() => CircuitStability.Of(circuits));
        return new CommandResult(
            new
            {
                By = by,
                Share = share,
                found.Mean,
                Least = found.Min,
                Most = found.Max,
                found.Jaccards,
                Edges = circuits.Select(EdgeCounts.Of),
                Computed = model.ComputedWith,
            },
            [
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"edge Jaccard of every two circuits: mean {found.Mean:0.0000}, least {found.Min:0.0000}, most {found.Max:0.0000}"
                ),
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"of {circuits.Length} circuits with {circuits.Min(Size):N0} to {circuits.Max(Size):N0} edges after pruning"
                ),
            ]
        )
        {
            Ignored = run.Ignored,
            Warnings =
            [
                .. run.Rows.Warnings,
                .. method.WarningsOf(model.Dtype),
                .. Ties(scored, count),
                .. Small(circuits.Min(Size)),
            ],
        };

        static int Size(Circuit circuit) => circuit.EdgeCount;
    }

    private static IEnumerable<string> Ties(ImmutableArray<EdgeScores> scored, int count)
    {
        ScoreTies[] ties =
        [
            .. scored.Select(scores => ScoreTies.AtCut(scores.Values, count, signed: false)).OfType<ScoreTies>(),
        ];
        return ties.Length == 0
            ? []
            : CircuitWarnings
                .OfTies(ties[0])
                .Select(sentence =>
                    $"in {ties.Length} of {scored.Length} circuits scores tie; in the first of them {sentence}"
                );
    }

    private static IEnumerable<string> Small(int edges)
    {
        if (edges < FewEdges)
        {
            yield return $"a circuit has {Plural.Of(edges, "edge")} after pruning, so that one edge more or less moves Jaccard by much; choose more edges.";
        }
    }

    private static void MustOrderEdges(EdgeScores scores, EncodedPairs pairs, TransformerConfig config, string sample)
    {
        try
        {
            DegenerateInput.MustOrderEdges(scores, pairs, config);
        }
        catch (UndefinedResultException undefined)
        {
            throw new UndefinedResultException($"Sample {sample} of the pairs: {undefined.Message}");
        }
    }

    // Circuits of all edges could not differ, and say nothing of how much they agree.
    private static int Fewer(EdgeAmount edges, ComputationGraph graph) =>
        edges.Within(graph, Edges.Name) is int count && count < graph.EdgeCount
            ? count
            : throw new UndefinedResultException(
                $"'{Edges.Name}' takes all {graph.EdgeCount} edges of the graph, so the circuits cannot differ; choose fewer."
            );

    // Neither do circuits of the same scores.
    private static void MustVary(ImmutableArray<EdgeScores> scored)
    {
        if (scored.Skip(1).All(scores => scores.Values.SequenceEqual(scored[0].Values)))
        {
            throw new UndefinedResultException(
                "The scores are the same with every sample of the pairs, so how much circuits agree says nothing; give other pairs, a larger share, or a method that reads them."
            );
        }
    }

    // With 'perturbed' the first circuit is that of the pairs as they are.
    private static ImmutableArray<EncodedPairs> Samples(
        EncodedPairs pairs,
        string by,
        int times,
        double? share,
        int seed
    )
    {
        if (pairs.Count == 1)
        {
            throw new UndefinedResultException(
                $"There is one pair, so '{by}' has no other one to find a circuit with and how much circuits agree is undefined; give more pairs."
            );
        }

        (int least, int most) = by switch
        {
            Splits => (2, pairs.Count),
            Perturbed => (1, int.MaxValue),
            _ => (2, int.MaxValue),
        };
        if (times < least || times > most)
        {
            throw new InvalidExperimentException(
                $"'{Times.Name}' is '{times}', but '{by}' of {pairs.Count} pairs needs {least} or more"
                    + $"{(most == int.MaxValue ? "" : $", and at most {most}")}."
            );
        }

        SeededRandom random = new(seed);
        return by switch
        {
            Splits => PairSamples.Splits(pairs, times, random),
            Resampled => [.. Drawn(() => PairSamples.Resampled(pairs, random))],
            Perturbed => [pairs, .. Drawn(() => PairSamples.Perturbed(pairs, share!.Value, random))],
            _ => throw new UnreachableException(),
        };

        IEnumerable<EncodedPairs> Drawn(Func<EncodedPairs> draw) => Enumerable.Range(0, times).Select(_ => draw());
    }

    private static void MustPerturb(EncodedPairs pairs, ImmutableArray<EncodedPairs> samples, string by, double? share)
    {
        bool IsAsItWas(EncodedPairs sample) =>
            Enumerable
                .Range(0, pairs.Count)
                .All(row => sample[row].Corrupted.AsSpan().SequenceEqual(pairs[row].Corrupted.AsSpan()));
        if (by == Perturbed && samples.All(IsAsItWas))
        {
            throw new UndefinedResultException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"'{Share.Name}' is '{share}', which gives none of {pairs.Count:N0} pairs another twin, so the circuits cannot differ; give a larger share or more pairs of one length."
                )
            );
        }
    }

    private static void MustDependOnPairs(MethodOptions method)
    {
        if (method.Method == RandomScores.Name)
        {
            throw new UndefinedResultException(
                $"The method '{method.Method}' reads no pairs, so its scores are the same with every sample of them and how much circuits agree says nothing; name another method."
            );
        }
    }

    private static void MustHaveShare(string by, double? share)
    {
        if (by == Perturbed != share is not null)
        {
            throw new InvalidExperimentException(
                share is null
                    ? $"'{Share.Name}' is missing, but '{Perturbed}' needs it."
                    : $"'{Share.Name}' has no meaning for '{by}', only for '{Perturbed}'."
            );
        }
    }
}
