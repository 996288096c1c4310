using System.CommandLine;
using System.Globalization;
using CircuitPipeline.Attribution;
using CircuitPipeline.Circuits;
using CircuitPipeline.Experiments;

namespace CircuitPipeline.Tool;

/// <summary><c>attribute</c>: scores every edge of a model.</summary>
internal sealed class AttributeVerb : Verb
{
    private readonly MeasureOptions _measure;

    private static readonly Option<string> Method = Choice.Required(
        "--method",
        string.Join('|', AttributionMethods.Names),
        "How edges are scored."
    );

    private static readonly Option<string> Steps = Choice.Optional(
        "--steps",
        "N",
        "Points of the integration path; by default 5."
    );

    private static readonly Option<string> Quadrature = Choice.Optional(
        "--quadrature",
        string.Join('|', Words.All<Quadrature>()),
        "Where the points are; by default 'left'."
    );

    private static readonly Option<string> Aggregation = Choice.Optional(
        "--aggregation",
        string.Join('|', Words.All<Aggregation>()),
        "'per-example' divides by the number of pairs; 'reference' also by the batch, as EAP-IG 2.0 does."
    );

    private static readonly Option<string> Seed = Choice.Optional("--seed", "N", "The seed of the method 'random'.");

    private static readonly Option<string> Out = Choice.Required(
        "--out",
        "SCORES.json",
        "Where the scores are written."
    );

    internal AttributeVerb()
        : this(new MeasureOptions()) { }

    private AttributeVerb(MeasureOptions measure)
        : base(
            "attribute",
            "Scores every edge of a model with prompt pairs.",
            [Method, Steps, Quadrature, .. measure.All, Aggregation, Seed, Out]
        ) => _measure = measure;

    internal override Answer Run(Given given, Work work)
    {
        string output = given.Text(Out);
        DiscoveryRequest request = new()
        {
            Measure = _measure.Read(given, work),
            Method = given.WordOrNull(Method, AttributionMethods.Names)!,
            Steps = given.WholeOrNull(Steps, 1, 1_000),
            Quadrature = given.WordOrNull(Quadrature, Words.All<Quadrature>()) is { } quadrature
                ? Words.Parse<Quadrature>(quadrature)
                : null,
            Aggregation = given.WordOrNull(Aggregation, Words.All<Aggregation>()) is { } aggregation
                ? Words.Parse<Aggregation>(aggregation)
                : null,
            Seed = given.WholeOrNull(Seed, 0, int.MaxValue),
            Output = output,
        };
        EdgeScores scores = EdgeDiscovery.Run(
            request,
            work.Surroundings.Time,
            work.Progress("attribute"),
            work.Cancellation
        );
        return new Answer(
            new
            {
                Out = output,
                Edges = scores.Graph.EdgeCount,
                scores.Origin,
            },
            [
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{scores.Graph.EdgeCount:N0} edges scored with {scores.Origin.Examples:N0} pairs: '{output}'."
                ),
            ]
        );
    }
}
