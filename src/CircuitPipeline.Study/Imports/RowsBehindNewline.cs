using System.Collections.Immutable;
using CircuitPipeline.Prompts.PromptPairs;
using CircuitPipeline.Text.Tables;
using CircuitPipeline.Text.Tokenizers;

namespace CircuitPipeline.Study.Imports;

/// <summary>Rows to train on whose answer stands behind a newline, as in the paper's code; see <see cref="Spec.TrapsSpec.Newline"/>.</summary>
/// <param name="tokenizer">The model's.</param>
internal sealed class RowsBehindNewline(ITokenizer tokenizer)
{
    /// <summary>Rows that were left out, because behind a newline their answer is not one token.</summary>
    internal int LeftOut { get; private set; }

    /// <summary>The rows with a newline at the end of their prompts, and the answer as it is written there; rows of token ids have no texts and stay.</summary>
    internal ImmutableArray<UsableRow> Of(IEnumerable<UsableRow> rows)
    {
        UsableRow[] all = [.. rows];
        ImmutableArray<UsableRow> kept = [.. all.Select(Of).OfType<UsableRow>()];
        LeftOut += all.Length - kept.Length;
        return kept;
    }

    /// <summary>Why a row cannot be trained on; null where it can.</summary>
    internal string? Refusal(UsableRow row) => Of(row) is null ? "its answer is not one token behind a newline" : null;

    private UsableRow? Of(UsableRow row)
    {
        if (row.Clean is not { } clean || row.Corrupted is not { } corrupted)
        {
            return row;
        }

        int[] answers = [.. row.Pair.Answers.Select(Unspaced).OfType<int>()];
        return answers.Length == 0
            ? null
            : row with
            {
                Clean = clean + "\n",
                Corrupted = corrupted + "\n",
                Pair = new EncodedPair(
                    tokenizer.EncodePrompt(clean + "\n"),
                    tokenizer.EncodePrompt(corrupted + "\n"),
                    [.. answers],
                    [.. row.Pair.CorruptedAnswers.Select(Unspaced).OfType<int>()]
                ),
            };
    }

    private int? Unspaced(int answer) =>
        tokenizer.EncodeContinuation(tokenizer.Decode([answer]).TrimStart()) is [var one] ? one : null;
}
