using System.Collections.Immutable;

namespace CircuitPipeline.Prompts.PromptPairs;

/// <summary>A prompt and its corrupted twin: as many tokens, differing in what decides the answer.</summary>
/// <param name="Clean">The prompt, up to where the answer belongs.</param>
/// <param name="Corrupted">The twin.</param>
/// <param name="Answer">The clean prompt's right answer.</param>
/// <param name="CorruptedAnswer">The twin's right answer; empty where it has none, as a sequence with a changed term.</param>
public sealed record PromptPair(string Clean, string Corrupted, string Answer, string CorruptedAnswer)
{
    /// <summary>Further right answers to the clean prompt, where several are; none by default.</summary>
    public ImmutableArray<string> OtherAnswers { get; init; } = [];

    /// <summary>Further right answers to the twin, of those that are wrong to the clean prompt; none by default.</summary>
    public ImmutableArray<string> OtherCorruptedAnswers { get; init; } = [];

    /// <summary>All right answers to the clean prompt.</summary>
    public ImmutableArray<string> Answers => [Answer, .. OtherAnswers];

    /// <summary>All right answers to the twin.</summary>
    public ImmutableArray<string> CorruptedAnswers => CorruptedAnswer.Length == 0 ? OtherCorruptedAnswers : [CorruptedAnswer, .. OtherCorruptedAnswers];
}
