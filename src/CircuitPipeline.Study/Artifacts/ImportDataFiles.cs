using CircuitPipeline.Pipeline.Stages;

namespace CircuitPipeline.Study.Artifacts;

/// <summary>How sets of pairs that were read from files are kept.</summary>
internal static class ImportDataFiles
{
    /// <summary>The item that keeps what was read, for the report.</summary>
    internal static WorkItem ReportItem(ImportReport report) =>
        WorkItem.Of(
            GenerateDataFiles.ImportItem,
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
}
