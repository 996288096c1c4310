using System.Collections.Immutable;

namespace CircuitPipeline.Prompts.PromptPairs;

/// <summary>A prompt pair as token ids.</summary>
/// <param name="Clean">The prompt, without padding.</param>
/// <param name="Corrupted">Its twin, of the same length.</param>
/// <param name="Answers">
/// The clean prompt's right next tokens, each once, in the order in which they were given; empty where there is none, which suits a
/// metric that needs none.
/// </param>
/// <param name="CorruptedAnswers">
/// The twin's right next tokens, which are the clean prompt's wrong ones, likewise; a token may be among both.
/// </param>
public sealed record EncodedPair(
    ImmutableArray<int> Clean,
    ImmutableArray<int> Corrupted,
    ImmutableArray<int> Answers,
    ImmutableArray<int> CorruptedAnswers
)
{
    /// <summary>A pair with one answer to each prompt.</summary>
    /// <param name="clean">The prompt, without padding.</param>
    /// <param name="corrupted">Its twin, of the same length.</param>
    /// <param name="answer">The clean prompt's right next token.</param>
    /// <param name="corruptedAnswer">The twin's right next token.</param>
    public EncodedPair(ImmutableArray<int> clean, ImmutableArray<int> corrupted, int answer, int corruptedAnswer)
        : this(clean, corrupted, [answer], [corruptedAnswer]) { }

    /// <summary>The token, from 0, behind which the answer is asked for; null for the last one.</summary>
    public int? Position { get; init; }

    /// <summary>The place of the token behind which the answer is asked for, from 0.</summary>
    public int AnswerPosition => Position ?? Clean.Length - 1;

    /// <summary>Whether there is a right answer to the clean prompt.</summary>
    public bool HasAnswers => !Answers.IsEmpty;
}
