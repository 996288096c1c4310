using System.Collections.Immutable;

namespace CircuitPipeline.Prompts.PromptPairs.Paper;

/// <summary>The answers to a prompt of one task of the paper.</summary>
internal static class PaperAnswers
{
    /// <summary>Its answer; none where it determines none, null where it is not of the task.</summary>
    public static ImmutableArray<string>? To(IPaperFormat format, string task, string prompt) =>
        format.Read(prompt) is not { } read || read.Task != task ? null
        : read.Answer is { } answer ? [answer]
        : [];
}
