using CircuitPipeline.Pipeline.Stages;
using CircuitPipeline.Prompts;
using CircuitPipeline.Prompts.Files;
using CircuitPipeline.Study.Artifacts;

namespace CircuitPipeline.Study.Runs;

/// <summary>The words of a base model that is trained here; the pairs of another are token ids, and need none.</summary>
internal static class StudyVocabulary
{
    /// <summary>Its file among the work item's inputs.</summary>
    internal static ItemInput Input(int number) =>
        new(PretrainFiles.StageName, ItemNames.Base(number), VocabularyFile.Name);

    /// <summary>Reads it; null where the work item has none.</summary>
    internal static Vocabulary? Read(WorkItemContext context, int number) =>
        context.Inputs.TryGetValue(Input(number), out string? path) ? VocabularyFile.Read(path) : null;
}
