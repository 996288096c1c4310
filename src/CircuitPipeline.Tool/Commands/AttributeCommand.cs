using System.CommandLine;
using System.Globalization;
using CircuitPipeline.Attribution;
using CircuitPipeline.Circuits.Files;
using CircuitPipeline.Circuits.Scores;
using CircuitPipeline.Reporting.Html;
using CircuitPipeline.Tool.CommandLine;

namespace CircuitPipeline.Tool.Commands;

/// <summary><c>attribute</c>: scores every edge of a model.</summary>
internal sealed class AttributeCommand : ToolCommand
{
    private static readonly Option<string> Out = OptionFactory.Required(
        "--out",
        "SCORES.json",
        "Where the scores are written."
    );

    internal AttributeCommand()
        : base(
            "attribute",
            "Scores every edge of a model with prompt pairs.",
            [.. ModelRunOptions.All, .. MethodOptions.All, Out]
        ) { }

    internal override CommandResult Run(ParsedOptions options, CommandContext context)
    {
        string output = options.Text(Out);
        (EdgeScores scores, string[] warnings, IgnoredNames? ignored) = Scores(
            ModelRunOptions.Read(options, context),
            MethodOptions.Read(options),
            output,
            context
        );
        return new CommandResult(
            new
            {
                Out = output,
                Edges = scores.Graph.EdgeCount,
                scores.Origin,
            },
            [
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Plural.Of(scores.Graph.EdgeCount, "edge")} scored with {Plural.Of(scores.Origin.Examples, "pair")}: '{output}'."
                ),
            ]
        )
        {
            Ignored = ignored,
            Warnings = [.. warnings],
        };
    }

    private (EdgeScores Scores, string[] Warnings, IgnoredNames? Ignored) Scores(
        ModelRunOptions model,
        MethodOptions method,
        string output,
        CommandContext context
    )
    {
        Metric metric = method.Create(model, context.Time).Metric; // what does not fit is refused before anything is read
        OutputFile file = OutputFile.At(output, Out.Name, [model.Pairs.File, .. model.Place.Folders]);
        using ModelRun run = ModelRun.Load(model, method.Measured(metric), context);
        // Every byte of the weights is read once more, beside the computation.
        Task<ModelOrigin> origin = Task.Run(
            () => ModelDigest.OriginOf(model, run.Ignored, context.Cancellation),
            context.Cancellation
        );
        IEdgeAttribution attribution = method.CreateFor(run, context.Time);
        RunEstimate estimate = run.Estimate(Name, positions => method.BoundFor(run, positions), 1, context);
        EdgeScores computed = attribution.Attribute(
            run.Model,
            run.Pairs,
            metric,
            estimate.Report,
            context.Cancellation
        );
        estimate.Finish();
        DegenerateInput.MustOrderEdges(computed, run.Pairs, run.Model.Config);
        EdgeScores scores = new(
            computed.Graph,
            computed.Values,
            computed.Origin with
            {
                Dtype = model.Dtype,
                Device = model.Device,
                Threads = model.Threads,
                Numerics = model.Engine.Numerics,
                Pairs = run.Rows.Origin(model.Pairs),
                Model = origin.GetAwaiter().GetResult(),
            }
        );
        file.Write(ScoresFile.Write(scores));
        string[] warnings =
        [
            .. run.Rows.Warnings,
            .. method.WarningsOf(model.Dtype),
            .. DegenerateInput.WarningsOf(computed, run.Pairs),
        ];
        return (scores, warnings, run.Ignored);
    }
}
