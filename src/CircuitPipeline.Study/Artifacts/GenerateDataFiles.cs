namespace CircuitPipeline.Study.Artifacts;

/// <summary>The files of corpora, prompt pairs and vocabulary, and the items that make them.</summary>
internal static class GenerateDataFiles
{
    internal const string StageName = "GenerateData";
    internal const string CorpusItem = "corpus";
    internal const string TargetItem = "target";
    internal const string OtherTasksItem = "other-tasks";
    internal const string CorpusName = "corpus.txt";

    /// <summary>The file of a split of the target task.</summary>
    internal static string SplitFile(string split) => $"{split}.jsonl";
}
