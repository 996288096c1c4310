using System.CommandLine;
using CircuitPipeline.Attribution;
using CircuitPipeline.Study.Verbs;

namespace CircuitPipeline.Tool;

/// <summary>The options that say how edges are scored.</summary>
internal sealed class MethodOptions
{
    private readonly Option<string> _method = Choice.Required(
        "--method",
        string.Join('|', AttributionMethods.Names),
        "How edges are scored."
    );

    private readonly Option<string> _steps = Choice.Optional(
        "--steps",
        "N",
        "Points of the integration path; by default 5."
    );

    private readonly Option<string> _quadrature = Choice.Optional(
        "--quadrature",
        string.Join('|', EnumNames.All<Quadrature>()),
        "Where the points are; by default 'left'."
    );

    private readonly Option<string> _aggregation = Choice.Optional(
        "--aggregation",
        string.Join('|', EnumNames.All<Aggregation>()),
        "'per-example' divides by the number of pairs; 'reference' also by the batch, as EAP-IG 2.0 does."
    );

    private readonly Option<string> _seed = Choice.Optional("--seed", "N", "The seed of the method 'random'.");

    internal Option[] All => [_method, _steps, _quadrature, _aggregation, _seed];

    internal MethodRequest Read(Given given) =>
        new()
        {
            Method = given.WordOrNull(_method, AttributionMethods.Names)!,
            Steps = given.WholeOrNull(_steps, 1, 1_000),
            Quadrature = given.WordOrNull<Quadrature>(_quadrature),
            Aggregation = given.WordOrNull<Aggregation>(_aggregation),
            Seed = given.WholeOrNull(_seed, 0, int.MaxValue),
        };
}
