using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CircuitPipeline.Text.Tables;

/// <summary>What can be said of a file of prompt pairs without a tokenizer.</summary>
/// <param name="Columns">The names of the first row's columns.</param>
/// <param name="Clean">The column of the clean prompts.</param>
/// <param name="Corrupted">The column of the corrupted prompts.</param>
/// <param name="Right">The column of the right answers; null where none is known.</param>
/// <param name="Wrong">The column of the wrong answers; null where there is none, or <paramref name="Right"/> holds both.</param>
/// <param name="AreTexts">Whether the first prompt is a text; else it is token ids.</param>
public sealed record PairsOutline(
    ImmutableArray<string> Columns,
    string Clean,
    string Corrupted,
    string? Right,
    string? Wrong,
    bool AreTexts
)
{
    /// <summary>What the first row says.</summary>
    internal static PairsOutline Of(TableRow row, PairColumns columns) =>
        new(
            [.. row.Cells.Select(cell => cell.Key)],
            columns.Clean,
            columns.Corrupted,
            columns.Answers == AnswerLayout.Choice ? "choices.label" : columns.Right,
            columns.Answers == AnswerLayout.Choice ? null : columns.Wrong,
            !columns.HasWrittenIds
                && row.At(columns.Clean) is JsonValue clean
                && clean.GetValueKind() == JsonValueKind.String
        );
}
