using CircuitPipeline.Pipeline.Stages;
using CircuitPipeline.Study.Artifacts;

namespace CircuitPipeline.Study.ImportData;

/// <summary>Keeps the prompt pairs of a study whose model is a checkpoint: all of them were read from files, and nothing is drawn.</summary>
internal sealed class ImportDataStage(ImportedSets imports) : IStage
{
    /// <inheritdoc/>
    public string Name => GenerateDataFiles.StageName;

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public IEnumerable<WorkItem> Plan() =>
        [
            WorkItem.Of(GenerateDataFiles.TargetItem, new Slice(imports.Among(PairSets.OfTarget)!), Keep),
            .. imports.Among(PairSets.OfOtherTasks) is { } others
                ? (WorkItem[])[WorkItem.Of(GenerateDataFiles.OtherTasksItem, new Slice(others), Keep)]
                : [],
            ImportDataFiles.ReportItem(imports.Report),
        ];

    private static void Keep(Slice slice, WorkItemContext context)
    {
        foreach (ImportedSet set in slice.Pairs)
        {
            ImportDataFiles.Write(set, context);
        }
    }

    private sealed record Slice(ImportedSet[] Pairs);
}
