using CircuitPipeline.Circuits.Files;
using CircuitPipeline.Models;
using CircuitPipeline.Pipeline.Stages;
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
        from scored in AttributeEdgesFiles.All(spec)
        let file = EdgeSearch.FileOf(spec, scored.Pairs)
        select WorkItem.Of(
            AttributeEdgesFiles.ItemOf(scored.Model, scored.Pairs),
            new Slice(
                scored.Model.Task.Name,
                scored.Model.Base,
                scored.Model.Step,
                file,
                EdgeSearch.Of(spec.Discover),
                new Open(TrapsSpec.OpenOf(spec).ScoresPer)
            ),
            Attribute,
            [.. scored.Model.Inputs(spec), .. EdgeSearch.Inputs(imports, scored.Model.Task, file)],
            usesEngine: true
        );

    private static void Attribute(Slice slice, WorkItemContext context)
    {
        StudyModel which = new(new StudyTask(slice.Task), slice.Base, slice.Step);
        using Transformer model = which.Load(context);
        File.WriteAllBytes(
            context.OutputFile(AttributeEdgesFiles.ScoresName),
            ScoresFile.Write(slice.Discover.Score(model, which, slice.Pairs, slice.Traps.ScoresPer, context))
        );
    }

    private sealed record Slice(string? Task, int Base, int Step, string Pairs, EdgeSearch Discover, Open Traps);

    private sealed record Open(string? ScoresPer);
}
