using System.ComponentModel.DataAnnotations;

namespace CircuitPipeline.Study.Spec;

/// <summary>Where the paper's code does something else than its text, or than it should: one switch each, over what <c>protocol</c> says.</summary>
/// <remarks>Wang et al. 2025 (arXiv:2502.11812), the code FinetuneCircuits; docs/protocol.md says where each stands there.</remarks>
public sealed record TrapsSpec
{
    internal const string Own = "own";
    internal const string Test = "test";
    internal const string Masked = "masked";
    internal const string Trained = "trained";
    internal const string Pair = "pair";
    internal const string Batch = "batch";
    internal const string None = "none";
    internal const string InDiscovery = "discovery";

    /// <summary>Which pairs circuits are found with, measured on and planned from: sets of their own, or, as in the paper, those that accuracy is reported on.</summary>
    /// <value>By default <c>own</c>; <c>test</c> by the paper's protocol.</value>
    [AllowedValues(Own, Test)]
    public string? CircuitPairs { get; init; }

    /// <summary>The learning rate of the layers with the higher rank over that of the others; with another factor than 1 a plan's effect is not told from its rate's.</summary>
    /// <value>By default 1; 2 by the paper's protocol.</value>
    [Range(0.01, 100.0)]
    public double? CriticalRateFactor { get; init; }

    /// <summary>Whether the padding behind an answer is left out of the loss, or trained on, 32 tokens a row, as in the paper, where it outweighs the answer.</summary>
    /// <value>By default <c>masked</c>; <c>trained</c> by the paper's protocol.</value>
    [AllowedValues(Masked, Trained)]
    public string? Padding { get; init; }

    /// <summary>Whether scores are means over pairs, or are divided by the batch size once more, as in the paper, so that those of different batches cannot be compared.</summary>
    /// <value>By default <c>pair</c>; <c>batch</c> by the paper's protocol.</value>
    [AllowedValues(Pair, Batch)]
    public string? ScoresPer { get; init; }

    /// <summary>Whether a newline stands between a prompt and its answer where it is trained on, as in the paper, though none does where accuracy is measured; only with a checkpoint.</summary>
    /// <value>By default <c>none</c>; <c>trained</c> by the paper's protocol with a checkpoint.</value>
    [AllowedValues(None, Trained)]
    public string? Newline { get; init; }

    /// <summary>Whether circuits are found and measured with the end of text before every prompt, as a beginning of the sequence, as in the paper, though no prompt is trained on or answered so.</summary>
    /// <value>By default <c>none</c>: all prompts alike; <c>discovery</c> by the paper's protocol.</value>
    [AllowedValues(None, InDiscovery)]
    public string? Bos { get; init; }

    /// <summary>The switches that stand as in the paper's code; null where they are corrected.</summary>
    /// <param name="isPaper">Whether what is not said is the paper's.</param>
    /// <param name="isCheckpoint">Whether the model is not trained here.</param>
    internal TrapsSpec Open(bool isPaper, bool isCheckpoint)
    {
        return new TrapsSpec
        {
            CircuitPairs = Opened(CircuitPairs, Test, Own),
            CriticalRateFactor = (CriticalRateFactor ?? (isPaper ? 2 : 1)) is not 1 and var factor ? factor : null,
            Padding = Opened(Padding, Trained, Masked),
            ScoresPer = Opened(ScoresPer, Batch, Pair),
            Newline = isCheckpoint ? Opened(Newline, Trained, None) : null,
            Bos = Opened(Bos, InDiscovery, None),
        };

        string? Opened(string? value, string paper, string corrected) =>
            (value ?? (isPaper ? paper : corrected)) == corrected ? null : paper;
    }
}

/// <summary>Whose protocol a study follows where the paper's code and its corrected form differ.</summary>
public enum StudyProtocol
{
    /// <summary>Disjoint sets, one learning rate, losses of answers alone, scores independent of the batch.</summary>
    Corrected,

    /// <summary>What the paper's code does.</summary>
    Paper,
}
