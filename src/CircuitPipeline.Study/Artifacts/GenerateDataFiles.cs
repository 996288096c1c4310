namespace CircuitPipeline.Study.Artifacts;

/// <summary>The files of corpora, prompt pairs and vocabulary, and the items that make them.</summary>
internal static class GenerateDataFiles
{
    internal const string StageName = "GenerateData";
    internal const string CorpusItem = "corpus";
    internal const string TargetItem = "target";
    internal const string OtherTasksItem = "other-tasks";
    internal const string ImportItem = "imported-pairs";
    internal const string CorpusName = "corpus.txt";

    /// <summary>What was read from files of pairs; only where there are some.</summary>
    internal const string ImportName = "imported.json";

    /// <summary>The file of a split of the target task.</summary>
    internal static string SplitFile(string split) => $"{split}.jsonl";

    /// <summary>The file that says what was made of a set's rows; only where they were not taken as they are.</summary>
    internal static string OriginFile(string split) => $"{split}.origin.json";
}
