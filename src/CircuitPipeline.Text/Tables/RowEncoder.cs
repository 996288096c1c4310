using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using CircuitPipeline.Prompts.Files;
using CircuitPipeline.Prompts.PromptPairs;
using CircuitPipeline.Text.Tokenizers;

namespace CircuitPipeline.Text.Tables;

/// <summary>Makes token ids of rows.</summary>
/// <param name="columns">Where what stands.</param>
/// <param name="options">How answers are read.</param>
/// <param name="tokenizer">Makes ids of texts; null refuses texts.</param>
internal sealed class RowEncoder(PairColumns columns, PairsOptions options, ITokenizer? tokenizer)
{
    private const string Position = "position";

    private readonly HashSet<string> _leftOut = [];
    private readonly AnswerTokens _answers = new(columns.Answers, options, () => Needed(tokenizer));

    /// <summary>Texts that are not one token, of answers that rows which make a pair have beside others.</summary>
    public IReadOnlyCollection<string> LeftOut => _leftOut;

    /// <summary>Whether a row had answers as token ids beside prompts as texts, without the answers' texts.</summary>
    public bool HasUncheckedIds { get; private set; }

    /// <summary>Rows so far that have a right answer, as they are written.</summary>
    public int Asked { get; private set; }

    /// <summary>Those of them whose right answer is one token, so that a model can give it.</summary>
    public int Reachable { get; private set; }

    /// <summary>Rows so far that make a pair and whose right answer merges with the prompt's end.</summary>
    public int Merged { get; private set; }

    /// <summary>Encodes a row.</summary>
    /// <exception cref="UnusableRowException">No pair follows from it.</exception>
    /// <exception cref="InvalidDataException">None could follow from any row, without the place.</exception>
    public UsableRow Encode(TableRow row)
    {
        (ImmutableArray<int> clean, string? cleanText) = Prompt(row, columns.Clean);
        (ImmutableArray<int> corrupted, string? corruptedText) = Prompt(row, columns.Corrupted);
        if (options.AnswerColumn is null && columns.OtherLayoutOf(row) is { } layout)
        {
            throw new UnusableRowException(layout);
        }

        RowAnswers written = RowAnswers.Of(row, columns, options, areIds: cleanText is null);
        if (columns.TextsOfIds(row) is { } texts)
        {
            MustBeOfThisTokenizer(row, texts, written);
        }
        else
        {
            HasUncheckedIds |=
                cleanText is not null
                && columns.Answers == AnswerLayout.Sides
                && written.Right.Any(answer => answer.Id is not null);
        }

        List<string> leftOut = [];
        (ImmutableArray<int> right, string? unreachable) = _answers.Of(written.Right, cleanText, leftOut);
        Asked += written.Right.IsEmpty ? 0 : 1;
        Reachable += right.IsEmpty ? 0 : 1;
        (ImmutableArray<int> wrong, string? other) = _answers.Of(written.Wrong, corruptedText, leftOut);
        string? reason =
            clean.Length != corrupted.Length
                ? $"the clean prompt has {clean.Length} tokens and the corrupted one {corrupted.Length}"
            : options.Needs >= NeededAnswers.Right && right.IsEmpty ? unreachable ?? "it has no right answer"
            : options.Needs >= NeededAnswers.Both && wrong.IsEmpty ? other ?? "it has no wrong answer"
            : options.Needs >= NeededAnswers.Both && right.ToHashSet().SetEquals(wrong)
                ? "its right and wrong answers are the same"
            : null;
        if (reason is not null)
        {
            throw new UnusableRowException(reason);
        }

        int? position = PositionOf(row, clean.Length);
        _leftOut.UnionWith(leftOut);
        Merged +=
            cleanText is not null
            && !right.IsEmpty
            && (position ?? clean.Length - 1) == clean.Length - 1
            && Merges(cleanText, clean, right[0], written.Right)
                ? 1
                : 0;
        return new UsableRow(
            row.Line,
            new EncodedPair(clean, corrupted, right, wrong) { Position = position },
            cleanText,
            corruptedText
        );
    }

    // The ids of prompt and answer together are the prompt's and then the answer's, or the model never met the two so.
    private bool Merges(string prompt, ImmutableArray<int> ids, int right, ImmutableArray<WrittenAnswer> answers)
    {
        foreach (WrittenAnswer answer in answers)
        {
            if (
                answer.Text is { } word
                && _answers.Continued(word, prompt) is { } text
                && _answers.IdsOf(text) is [int first, ..] own
                && first == right
            )
            {
                return WholeOf(prompt + text) is { } whole && !whole.AsSpan().SequenceEqual([.. ids, .. own]);
            }
        }

        return false;
    }

    // Null where the two together are no words of a vocabulary: there nothing merges.
    private ImmutableArray<int>? WholeOf(string text)
    {
        try
        {
            return Encoded(Needed(tokenizer).EncodePrompt, text);
        }
        catch (UnusableRowException)
        {
            return null;
        }
    }

    // Ids say nothing of the tokenizer that they are of; where the texts stand beside them, they do.
    private void MustBeOfThisTokenizer(TableRow row, string column, RowAnswers written)
    {
        if (tokenizer is null)
        {
            return;
        }

        foreach ((WrittenAnswer text, WrittenAnswer answer) in RowAnswers.Side(row, column).Zip(written.Right))
        {
            ImmutableArray<int> ids = text.Text is { } word
                ? _answers.IdsOf(_answers.Continued(word, prompt: null))
                : [];
            if (answer.Id is int id && !ids.IsEmpty && ids[0] != id)
            {
                throw new InvalidDataException(
                    $"'{columns.Right}' has {id} for '{MessageText.OneLine(text.Text)}', which begins with {ids[0]} in this model's tokenizer, so the ids are of another one; take the texts by '--answer-column {column} --corrupted-answer-column corrupted_{column}'."
                );
            }
        }
    }

    private (ImmutableArray<int> Ids, string? Text) Prompt(TableRow row, string column)
    {
        JsonNode? value = row.At(column);
        switch (columns.HasWrittenIds ? WrittenIds.Of(value) ?? value : value)
        {
            case JsonValue when columns.HasWrittenIds:
                throw new UnusableRowException($"'{column}' is no list of token ids, but that of the first row is");
            case null:
                throw new UnusableRowException($"'{column}' has no value");
            case JsonArray { Count: > 0 } ids:
                return ([.. ids.Select(id => Id(id, column))], null);
            case JsonValue single when single.GetValueKind() == JsonValueKind.String:
                string text = single.GetValue<string>();
                ImmutableArray<int> tokens = Encoded(Needed(tokenizer).EncodePrompt, text);
                return tokens.Length > Needed(tokenizer).Prefix.Length
                    ? (tokens, text)
                    : throw new UnusableRowException($"'{column}' is empty");
            default:
                throw new UnusableRowException($"'{column}' is neither a text nor a list of token ids");
        }
    }

    private static int Id(JsonNode? value, string column) =>
        value is JsonValue number
        && number.GetValueKind() == JsonValueKind.Number
        && number.TryGetValue(out int id)
        && id is >= 0 and <= PairsFile.LargestId
            ? id
            : throw new UnusableRowException(
                $"'{column}' has '{MessageText.OneLine(value?.ToString())}', which is no token id"
            );

    private int? PositionOf(TableRow row, int length)
    {
        string? written = row.At(Position)?.ToString();
        return string.IsNullOrEmpty(written) ? null
            : int.TryParse(written, System.Globalization.CultureInfo.InvariantCulture, out int position)
            && position >= 0
            && position < length
                ? position
            : throw new UnusableRowException(
                $"'{Position}' is '{MessageText.OneLine(written)}', which is no place from 0 to {length - 1}"
            );
    }

    private static ITokenizer Needed(ITokenizer? tokenizer) =>
        tokenizer
        ?? throw new InvalidDataException(
            $"the row holds texts, but the model's folder has no '{VocabularyFile.Name}', no '{TokenizerFolder.TokenizerJsonName}' and no 'vocab.json' with 'merges.txt' that make token ids of them; put the model's tokenizer there, or write lists of token ids."
        );

    // What a tokenizer refuses is one text.
    private static ImmutableArray<int> Encoded(Func<string, ImmutableArray<int>> encode, string text)
    {
        try
        {
            return encode(text);
        }
        catch (InvalidDataException cause)
        {
            throw new UnusableRowException(cause.Message.TrimEnd('.'));
        }
    }
}

/// <summary>A row that makes a pair.</summary>
/// <param name="Line">Its line in the file.</param>
/// <param name="Pair">The pair.</param>
/// <param name="Clean">The clean prompt's text; null where the file has token ids.</param>
/// <param name="Corrupted">The corrupted prompt's text, likewise.</param>
public sealed record UsableRow(int Line, EncodedPair Pair, string? Clean, string? Corrupted);
