using CircuitPipeline.Circuits.Config;
using CircuitPipeline.Prompts.Corpora;
using CircuitPipeline.Prompts.PromptPairs;
using CircuitPipeline.Study.Runs;
using CircuitPipeline.Study.Spec;

namespace CircuitPipeline.Study.Imports;

/// <summary>Whether rows that are trained on hold their answers: where padding is trained on, a row has 32 tokens, and what is longer would be cut.</summary>
/// <remarks>Where it is masked, a row is as long as the longest prompt, and its answer is no part of what the model reads.</remarks>
internal static class AnswerRoom
{
    private const int Padded = FineTuneRun.PaddedLength;

    /// <summary>What is wrong with a row, as the end of a sentence that begins with it; null where it holds its answer.</summary>
    /// <param name="pair">The row, with the newline behind its prompt where there is one.</param>
    /// <param name="open">The traps that are open.</param>
    internal static string? Problem(EncodedPair pair, TrapsSpec open) =>
        open.Padding is not null && pair.AnswerPosition + 1 >= Padded
            ? $"has a prompt of {pair.AnswerPosition + 1} tokens, behind which its answer is cut off a row of {Padded}, whose padding is trained on by 'traps.padding'; shorten it, or write 'masked' there"
            : null;

    /// <summary>What is wrong with a shape to pretrain whose rows are padded.</summary>
    internal static IEnumerable<SpecProblem> Problems(ExperimentSpec spec) =>
        spec.FromScratch is { Model.NCtx: < Padded and var length } && spec.OpenTraps.Padding is not null
            ?
            [
                new(
                    "model.n_ctx",
                    $"is {length}, but rows whose padding is trained on have {Padded} tokens; raise it, or write 'masked' in 'traps.padding'."
                ),
            ]
            : [];

    /// <summary>What is wrong with a checkpoint whose rows are padded; null where nothing is.</summary>
    /// <param name="shape">The checkpoint's.</param>
    /// <param name="open">The traps that are open.</param>
    internal static string? Problem(TransformerConfig shape, TrapsSpec open) =>
        open is { Padding: null, Bos: null } ? null
        : shape.EosTokenId is null
            ? "its configuration names no end of text, which 'traps.padding' and 'traps.bos' put behind and before prompts; write 'masked' and 'none' there."
        : open.Padding is not null && shape.NCtx < Padded
            ? $"it reads at most {shape.NCtx} tokens, but rows whose padding is trained on have {Padded}; write 'masked' in 'traps.padding'."
        : null;
}
