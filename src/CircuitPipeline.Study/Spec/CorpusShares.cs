using CircuitPipeline.Prompts.Corpora;

namespace CircuitPipeline.Study.Spec;

/// <summary>What of a task the corpus may state.</summary>
internal static class CorpusShares
{
    /// <summary>The share of a task's keys that the corpus may state; 0 where it has no lines of it.</summary>
    internal static double ShareOf(this CorpusSpec corpus, string task) =>
        corpus.Tasks?.FirstOrDefault(line => line.Task == task)?.Share ?? 0;
}
