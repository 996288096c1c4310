using CircuitPipeline.Pipeline.Stages;
using CircuitPipeline.Study.Runs;

namespace CircuitPipeline.Study.Artifacts;

/// <summary>How sets of pairs that were read from files are kept.</summary>
internal static class ImportDataFiles
{
    /// <summary>The items that keep the pairs of a task all of whose sets are there, and what was read.</summary>
    internal static IEnumerable<WorkItem> Items(StudyTask task, ImportedSets sets) =>
        [
            WorkItem.Of(task.DataItem, new Slice(sets.Among(PairSets.OfTarget)!), Keep),
            .. sets.Among(PairSets.OfOtherTasks) is { } others
                ? (WorkItem[])[WorkItem.Of(GenerateDataFiles.OtherTasksItem, new Slice(others), Keep)]
                : [],
            ReportItem(task, sets.Report),
        ];

    /// <summary>The item that keeps what was read, for the report.</summary>
    internal static WorkItem ReportItem(StudyTask task, ImportReport report) =>
        WorkItem.Of(
            task.Item(GenerateDataFiles.ImportItem),
            report,
            (read, context) =>
                File.WriteAllBytes(context.OutputFile(GenerateDataFiles.ImportName), StageJson.Write(read))
        );

    /// <summary>Writes a set, and what was made of its rows where they were not taken as they are.</summary>
    internal static void Write(ImportedSet set, WorkItemContext context)
    {
        File.WriteAllBytes(context.OutputFile(GenerateDataFiles.SplitFile(set.Set)), set.Content);
        if (set.Origin is { } origin)
        {
            File.WriteAllBytes(context.OutputFile(GenerateDataFiles.OriginFile(set.Set)), origin);
        }
    }

    private static void Keep(Slice slice, WorkItemContext context)
    {
        foreach (ImportedSet set in slice.Pairs)
        {
            Write(set, context);
        }
    }

    private sealed record Slice(ImportedSet[] Pairs);
}
