using System.CommandLine;
using CircuitPipeline.Attribution;
using CircuitPipeline.Attribution.Methods;
using CircuitPipeline.Attribution.Running;
using CircuitPipeline.Pipeline.Errors;
using CircuitPipeline.Tool.CommandLine;

namespace CircuitPipeline.Tool.Commands;

/// <summary>How edges are scored: the options that such commands share, and their values; null leaves a value to the method's default.</summary>
internal sealed record MethodOptions
{
    private static readonly Option<string> MethodOption = OptionFactory.Required(
        "--method",
        AttributionMethods.Names,
        "How edges are scored."
    );

    private static readonly Option<string> StepsOption = OptionFactory.Optional(
        "--steps",
        "N",
        "Points of the integration path; by default 5."
    );

    private static readonly Option<string> QuadratureOption = OptionFactory.Optional(
        "--quadrature",
        EnumNames.All<Quadrature>(),
        "Where the points are; by default 'left'."
    );

    private static readonly Option<string> AggregationOption = OptionFactory.Optional(
        "--aggregation",
        EnumNames.All<Aggregation>(),
        "'per-example' divides by the number of pairs; 'reference' also by the batch, as EAP-IG 2.0 does."
    );

    private static readonly Option<string> SeedOption = OptionFactory.Optional(
        "--seed",
        "N",
        "The seed of the method 'random'."
    );

    /// <summary>The options, in the order of the help.</summary>
    internal static Option[] All { get; } =
    [MethodOption, StepsOption, QuadratureOption, AggregationOption, SeedOption];

    /// <summary>The method: one of <see cref="AttributionMethods.Names"/>.</summary>
    internal required string Method { get; init; }

    /// <summary>What is chosen about it; what replaces a source's output is an option of the model's run.</summary>
    internal required AttributionOptions Chosen { get; init; }

    /// <summary>Reads the values from a command line.</summary>
    internal static MethodOptions Read(ParsedOptions options) =>
        new()
        {
            Method = options.WordOrNull(MethodOption, AttributionMethods.Names)!,
            Chosen = new AttributionOptions
            {
                Steps = options.WholeOrNull(StepsOption, 1, 1_000),
                Quadrature = options.WordOrNull<Quadrature>(QuadratureOption),
                Aggregation = options.WordOrNull<Aggregation>(AggregationOption),
                Seed = options.WholeOrNull(SeedOption, 0, int.MaxValue),
            },
        };

    /// <summary>Makes the method with the batch that was asked for, or that the memory holds.</summary>
    /// <exception cref="InvalidExperimentException">The memory does not hold one pair.</exception>
    internal IEdgeAttribution CreateFor(ModelRun run, TimeProvider time)
    {
        int batch = run.BatchWithin(positions => BoundFor(run, positions));
        return Create(run.Options with { Batch = batch, Memory = null }, time).Attribution;
    }

    /// <summary>The memory that a batch takes; the bench 'method-memory' holds it against what is measured.</summary>
    /// <param name="run">The model.</param>
    /// <param name="positions">Tokens of the longest prompt.</param>
    internal MemoryBound BoundFor(ModelRun run, int positions) =>
        MemoryBound.Of(
            Method,
            Chosen.Steps ?? AttributionOptions.DefaultSteps,
            run.Model.Config,
            run.Model.Dtype,
            positions,
            Measured(run.Options.MetricOrDefault)
        );

    /// <summary>The metric; null where the method reads none.</summary>
    internal Metric? Measured(Metric metric) => AttributionMethods.Named(Method).TakesMetric ? metric : null;

    /// <summary>What a reader must know of scores in an element type.</summary>
    internal IEnumerable<string> WarningsOf(string dtype)
    {
        if (dtype is "bfloat16" or "float16" && Method == ExactPatching.Name)
        {
            yield return $"'{Method}' subtracts the metric of two runs, and '{dtype}' keeps {(dtype == "float16" ? 11 : 8)} bits of what they compute, so scores below about 1 % of the metric are rounding; compare with '--dtype float32'.";
        }
    }

    /// <summary>Makes the method, and the metric that it reads.</summary>
    /// <exception cref="InvalidExperimentException">A metric is given to a method that reads none.</exception>
    /// <exception cref="UndefinedCombinationException">The method does not take an option that is given, or lacks one.</exception>
    internal (IEdgeAttribution Attribution, Metric Metric) Create(ModelRunOptions model, TimeProvider time)
    {
        AttributionMethod method = AttributionMethods.Named(Method);
        if (!method.TakesMetric && model.Metric is { } metric)
        {
            throw new InvalidExperimentException(
                $"'--metric' is {MessageText.Quoted(metric)}, but the method '{method.Name}' reads no metric; leave it out."
            );
        }

        IEdgeAttribution attribution = AttributionMethods.Create(
            Method,
            Chosen with
            {
                Intervention = model.Intervention,
            },
            model.Batch,
            time
        );
        return (attribution, model.MetricOrDefault);
    }
}
