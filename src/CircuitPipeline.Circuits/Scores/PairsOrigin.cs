using System.Collections.Immutable;

namespace CircuitPipeline.Circuits.Scores;

/// <summary>What was made of a file of prompt pairs before a model was asked.</summary>
/// <param name="Rows">Rows of the file.</param>
/// <param name="Dropped">Those of them that make no pair and were left out.</param>
/// <param name="Tokenizer">The file that made token ids of texts, such as <c>tokenizer.json</c>; null where they were token ids.</param>
/// <param name="Prefix">The token ids before every prompt, such as BOS; often none.</param>
/// <param name="FirstTokenAnswers">Whether the first token stood for answers of several.</param>
public sealed record PairsOrigin(
    int Rows,
    int Dropped,
    string? Tokenizer,
    ImmutableArray<int> Prefix,
    bool FirstTokenAnswers
)
{
    /// <summary>Different texts of answers that are not one token and were left out of rows or sets with others.</summary>
    public int AnswersLeftOut { get; init; }

    /// <summary>Rows whose right answer the tokenizer makes other tokens of together with the prompt than alone; null where it is unknown.</summary>
    public int? MergedAnswers { get; init; }

    /// <summary>Whether another says the same.</summary>
    /// <param name="other">Another.</param>
    public bool Equals(PairsOrigin? other) =>
        other is not null
        && (Rows, Dropped, Tokenizer, FirstTokenAnswers, AnswersLeftOut, MergedAnswers)
            == (
                other.Rows,
                other.Dropped,
                other.Tokenizer,
                other.FirstTokenAnswers,
                other.AnswersLeftOut,
                other.MergedAnswers
            )
        && Prefix.SequenceEqual(other.Prefix);

    /// <summary>A hash code that fits <see cref="Equals(PairsOrigin?)"/>.</summary>
    public override int GetHashCode() =>
        HashCode.Combine(Rows, Dropped, Tokenizer, FirstTokenAnswers, AnswersLeftOut, MergedAnswers);
}
