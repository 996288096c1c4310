using System.CommandLine;
using System.Globalization;
using CircuitPipeline.Attribution;
using CircuitPipeline.Study.Verbs;

namespace CircuitPipeline.Tool;

/// <summary><c>robustness</c>: how much a circuit depends on the pairs that it was found with.</summary>
internal sealed class RobustnessVerb : Verb
{
    private static readonly Option<string> Edges = Choice.Required(
        "--edges",
        "N|P%",
        "How many edges each circuit gets, by absolute score, before pruning."
    );

    private static readonly Option<string> By = Choice.Required(
        "--by",
        string.Join('|', CircuitRobustness.Ways),
        "Disjoint parts of the pairs, draws with repetition, or other twins for a share of the pairs."
    );

    private static readonly Option<string> Times = Choice.Optional("--times", "N", "How many circuits; by default 5.");

    private static readonly Option<string> Share = Choice.Optional(
        "--share",
        "X",
        "The share of the pairs that is perturbed, 0 to 1."
    );

    private static readonly Option<string> Draws = Choice.Optional(
        "--draw-seed",
        "N",
        "The seed of the draws; by default 0."
    );

    private static readonly MeasureOptions Measure = new();
    private static readonly MethodOptions Method = new();

    internal RobustnessVerb()
        : base(
            "robustness",
            "Finds a circuit again with other pairs, and says how much the circuits agree.",
            [.. Measure.All, .. Method.All, Edges, By, Times, Share, Draws]
        ) { }

    internal override Answer Run(Given given, Work work)
    {
        RobustnessRequest request = new()
        {
            Measure = Measure.Read(given, work),
            Method = Method.Read(given),
            Edges = EdgeAmount.Parse(given.Text(Edges), Edges.Name),
            By = given.WordOrNull(By, CircuitRobustness.Ways)!,
            Share = given.RealOrNull(Share),
            Seed = given.WholeOrNull(Draws, 0, int.MaxValue) ?? 0,
        };
        CircuitStability found = CircuitRobustness.Run(
            request with
            {
                Times = given.WholeOrNull(Times, 1, 1_000) ?? request.Times,
            },
            work.Surroundings.Time,
            work.Progress("robustness"),
            work.Cancellation
        );
        return new Answer(
            new
            {
                request.By,
                request.Share,
                found.Mean,
                Least = found.Min,
                Most = found.Max,
                found.Jaccards,
                Computed = ComputedWith.Of(request.Measure),
            },
            [
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"edge Jaccard of every two circuits: mean {found.Mean:0.0000}, least {found.Min:0.0000}, most {found.Max:0.0000}"
                ),
            ]
        );
    }
}
