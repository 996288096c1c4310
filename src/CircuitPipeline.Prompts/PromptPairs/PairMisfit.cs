namespace CircuitPipeline.Prompts.PromptPairs;

/// <summary>Why a model cannot be asked a pair: a token that it does not know, or a prompt that is too long for it.</summary>
/// <param name="IsLength">Whether the prompt is too long; else a token is unknown.</param>
/// <param name="Found">The tokens of the prompt, or the token's id.</param>
/// <param name="Largest">The most tokens that the model reads, or the largest id that it knows.</param>
public readonly record struct PairMisfit(bool IsLength, int Found, int Largest)
{
    /// <summary>What is wrong with a pair for a model.</summary>
    /// <param name="pair">The pair.</param>
    /// <param name="dVocab">Tokens of the model's vocabulary.</param>
    /// <param name="nCtx">The most tokens that the model reads.</param>
    /// <returns>The first problem, tokens before length; null where there is none.</returns>
    public static PairMisfit? Of(EncodedPair pair, int dVocab, int nCtx)
    {
        foreach (int id in (int[])[.. pair.Clean, .. pair.Corrupted, .. pair.Answers, .. pair.CorruptedAnswers])
        {
            if (id < 0 || id >= dVocab)
            {
                return new PairMisfit(IsLength: false, id, dVocab - 1);
            }
        }

        return pair.Clean.Length > nCtx ? new PairMisfit(IsLength: true, pair.Clean.Length, nCtx) : null;
    }

    /// <summary>What is wrong, as the end of a sentence that begins with the row.</summary>
    public override string ToString() =>
        IsLength
            ? $"has a prompt of '{Found}' tokens, but the model reads at most {Largest}; shorten it or leave it out"
            : $"has the token id '{Found}', but the model knows 0 to {Largest}; give pairs of the model's own tokenizer";
}
