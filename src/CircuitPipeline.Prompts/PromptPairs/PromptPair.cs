using System.Collections.Immutable;

namespace CircuitPipeline.Prompts.PromptPairs;

/// <summary>A prompt and its corrupted twin: as many tokens, differing in what decides the answer.</summary>
/// <param name="Clean">The prompt, up to where the answer belongs.</param>
/// <param name="Corrupted">The twin.</param>
/// <param name="Answer">The clean prompt's right answer; empty where it has none.</param>
/// <param name="CorruptedAnswer">The twin's right answer; empty where it has none, as a sequence with a changed term.</param>
public sealed record PromptPair(string Clean, string Corrupted, string Answer, string CorruptedAnswer)
{
    /// <summary>Further right answers to the clean prompt, where several are; none by default.</summary>
    public ImmutableArray<string> OtherAnswers { get; init; } = [];

    /// <summary>Further right answers to the twin, of those that are wrong to the clean prompt; none by default.</summary>
    public ImmutableArray<string> OtherCorruptedAnswers { get; init; } = [];

    /// <summary>All right answers to the clean prompt.</summary>
    public ImmutableArray<string> Answers => All(Answer, OtherAnswers);

    /// <summary>All right answers to the twin.</summary>
    public ImmutableArray<string> CorruptedAnswers => All(CorruptedAnswer, OtherCorruptedAnswers);

    /// <summary>A pair with sets of answers.</summary>
    /// <param name="clean">The prompt, up to where the answer belongs.</param>
    /// <param name="corrupted">The twin.</param>
    /// <param name="answers">The right answers to the clean prompt, each once; perhaps none.</param>
    /// <param name="corruptedAnswers">The right answers to the twin, likewise.</param>
    public static PromptPair WithAnswers(
        string clean,
        string corrupted,
        ImmutableArray<string> answers,
        ImmutableArray<string> corruptedAnswers
    ) =>
        new(clean, corrupted, answers.FirstOrDefault(""), corruptedAnswers.FirstOrDefault(""))
        {
            OtherAnswers = [.. answers.Skip(1)],
            OtherCorruptedAnswers = [.. corruptedAnswers.Skip(1)],
        };

    private static ImmutableArray<string> All(string first, ImmutableArray<string> others) =>
        first.Length == 0 ? others : [first, .. others];
}
