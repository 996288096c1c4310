using CircuitPipeline.Attribution;
using CircuitPipeline.Attribution.Methods;
using CircuitPipeline.Circuits.Files;
using CircuitPipeline.Circuits.Scores;
using CircuitPipeline.Models;
using CircuitPipeline.Pipeline.Stages;
using CircuitPipeline.Prompts.PromptPairs;
using CircuitPipeline.Study.Artifacts;
using CircuitPipeline.Study.Runs;
using CircuitPipeline.Study.Spec;

namespace CircuitPipeline.Study.AttributeEdges;

/// <summary>
/// Scores the edges of the base model and of each checkpoint; at both ends once more from other prompt pairs, which shows
/// how much a circuit changes without any training.
/// </summary>
internal sealed class AttributeEdgesStage(ExperimentSpec spec, TaskSets imports) : IStage
{
    /// <inheritdoc/>
    public string Name => AttributeEdgesFiles.StageName;

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public IEnumerable<WorkItem> Plan() =>
        AttributeEdgesFiles
            .All(spec)
            .Select(scored =>
                WorkItem.Of(
                    AttributeEdgesFiles.ItemOf(scored.Model, scored.Pairs),
                    new Slice(
                        scored.Model.Task.Name,
                        scored.Model.Base,
                        scored.Model.Step,
                        FileOf(scored.Pairs),
                        new Search(
                            spec.Discover.Method,
                            spec.Discover.Steps,
                            spec.Discover.Quadrature,
                            spec.Discover.Metric,
                            spec.Discover.Batch
                        ),
                        new Open(TrapsSpec.OpenOf(spec).ScoresPer)
                    ),
                    Attribute,
                    [
                        .. scored.Model.Inputs(spec),
                        StudyPairs.Input(scored.Model.Task, FileOf(scored.Pairs)),
                        .. imports.Of(scored.Model.Task).Find(FileOf(scored.Pairs))?.Origin is null
                            ? (ItemInput[])[]
                            : [StudyPairs.Origin(scored.Model.Task, FileOf(scored.Pairs))],
                    ],
                    usesEngine: true
                )
            );

    // The paper finds circuits with the pairs that it reports accuracies on.
    private string FileOf(string pairs) =>
        pairs == PairSets.First && TrapsSpec.OpenOf(spec).CircuitPairs is { } test ? test : pairs;

    private static void Attribute(Slice slice, WorkItemContext context)
    {
        StudyTask task = new(slice.Task);
        StudyModel which = new(task, slice.Base, slice.Step);
        using Transformer model = which.Load(context);
        EncodedPairs pairs = StudyPairs.Read(context, task, slice.Pairs, StudyVocabulary.Read(context, slice.Base));
        EdgeScores computed = MethodOf(slice.Discover, context.Time)
            .Attribute(model, pairs, Metrics.Named(slice.Discover.Metric), cancellation: context.Cancellation);
        DegenerateInput.MustOrderEdges(computed, pairs);
        computed = slice.Traps.ScoresPer is null
            ? computed
            : PerBatch(computed, Math.Min(slice.Discover.Batch, pairs.Count));
        EdgeScores scores = context.Inputs.TryGetValue(StudyPairs.Origin(task, slice.Pairs), out string? origin)
            ? new(computed.Graph, computed.Values, computed.Origin with { Pairs = StageJson.Read<PairsOrigin>(origin) })
            : computed;
        File.WriteAllBytes(context.OutputFile(AttributeEdgesFiles.ScoresName), ScoresFile.Write(scores));
        context.Progress($"{scores.Graph.EdgeCount:N0} edges scored with {pairs.Count:N0} prompt pairs");
    }

    // The reference divides the gradient of a mean over a batch by the number of pairs once more.
    private static EdgeScores PerBatch(EdgeScores scores, int batch) =>
        new(
            scores.Graph,
            [.. scores.Values.Select(score => score / batch)],
            scores.Origin with
            {
                Aggregation = $"reference({batch})",
            }
        );

    private static IEdgeAttribution MethodOf(Search search, TimeProvider time)
    {
        AttributionMethod method = AttributionMethods.Named(search.Method);
        return AttributionMethods.Create(
            method.Name,
            new AttributionOptions
            {
                Steps = method.TakesSteps ? search.Steps : null,
                Quadrature = method.TakesQuadrature ? EnumNames.Parse<Quadrature>(search.Quadrature) : null,
            },
            search.Batch,
            time
        );
    }

    // The names are the spec's, so that a reason reads 'discover.steps changed 5 -> 10'.
    private sealed record Slice(string? Task, int Base, int Step, string Pairs, Search Discover, Open Traps);

    private sealed record Open(string? ScoresPer);

    private sealed record Search(string Method, int Steps, string Quadrature, string Metric, int Batch);
}
