using CircuitPipeline.Circuits.Files;
using CircuitPipeline.Circuits.Scores;
using CircuitPipeline.Pipeline.Stages;
using CircuitPipeline.Study.Artifacts;
using CircuitPipeline.Study.Runs;
using CircuitPipeline.Study.Spec;

namespace CircuitPipeline.Study.SelectCircuits;

/// <summary>Selects circuits of several sizes from the scores of each model's edges: another size scores nothing again.</summary>
internal sealed class SelectCircuitsStage(ExperimentSpec spec) : IStage
{
    /// <inheritdoc/>
    public string Name => SelectCircuitsFiles.StageName;

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public IEnumerable<WorkItem> Plan() =>
        AttributeEdgesFiles
            .All(spec)
            .Select(scored =>
                WorkItem.Of(
                    AttributeEdgesFiles.ItemOf(scored.Model, scored.Pairs),
                    new Slice(new Sizes(spec.Discover.EdgesPercent)),
                    Select,
                    [AttributeEdgesFiles.ScoresOf(scored.Model, scored.Pairs)]
                )
            );

    private static void Select(Slice slice, WorkItemContext context)
    {
        EdgeScores scores = ScoresFile.Read(context.Inputs.Values.Single());
        foreach (double percent in slice.Discover.EdgesPercent)
        {
            File.WriteAllBytes(
                context.OutputFile(SelectCircuitsFiles.CircuitFileOf(percent)),
                CircuitFile.Write(StudyCircuits.Select(scores, percent))
            );
        }
    }

    private sealed record Slice(Sizes Discover);

    private sealed record Sizes(double[] EdgesPercent);
}
