using System.Collections.Immutable;

namespace CircuitPipeline.Attribution;

/// <summary>A prompt pair as token ids.</summary>
/// <param name="Clean">The prompt, without padding.</param>
/// <param name="Corrupted">Its twin, of the same length.</param>
/// <param name="Answer">The clean prompt's right next token.</param>
/// <param name="CorruptedAnswer">The twin's right next token.</param>
public sealed record EncodedPair(
    ImmutableArray<int> Clean,
    ImmutableArray<int> Corrupted,
    int Answer,
    int CorruptedAnswer
)
{
    /// <summary>The token, from 0, behind which the answer is asked for; null for the last one.</summary>
    public int? Position { get; init; }

    /// <summary>The answer position as an index.</summary>
    internal int AnswerPosition => Position ?? Clean.Length - 1;
}
