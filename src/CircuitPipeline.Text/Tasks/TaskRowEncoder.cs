using System.Collections.Immutable;
using System.Text.Json.Nodes;
using CircuitPipeline.Prompts.PromptPairs;
using CircuitPipeline.Text.Tables;
using CircuitPipeline.Text.Tokenizers;

namespace CircuitPipeline.Text.Tasks;

/// <summary>Makes token ids of the rows of a task, as of a file's, and refuses more of them.</summary>
/// <param name="tokenizer">The model's.</param>
/// <param name="form">How an answer's text goes on after the prompt; behind a number it goes on at once.</param>
internal sealed class TaskRowEncoder(ITokenizer tokenizer, AnswerForm form)
{
    private const string Clean = "clean";
    private const string Corrupted = "corrupted";
    private const string Right = "answers";
    private const string Wrong = "corrupted_answers";

    private readonly Dictionary<(AnswerForm Form, NeededAnswers Needs), RowEncoder> _encoders = [];
    private readonly Dictionary<string, bool> _isSplit = [];

    /// <summary>Texts that are not one token, of answers that were left out because others of their side are left.</summary>
    public ImmutableArray<string> LeftOut =>
        [.. _encoders.Values.SelectMany(encoder => encoder.LeftOut).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>The share of rows whose right answer is one token, of those that were encoded; null for none.</summary>
    public double? Ceiling =>
        _encoders.Values.Sum(encoder => encoder.Asked) is > 0 and int asked
            ? (double)_encoders.Values.Sum(encoder => encoder.Reachable) / asked
            : null;

    /// <summary>Encodes a row.</summary>
    /// <param name="pair">Its texts.</param>
    /// <param name="line">Its number.</param>
    /// <exception cref="UnusableRowException">It is of no use for this tokenizer.</exception>
    public UsableRow Encode(PromptPair pair, int line)
    {
        bool isWithinNumber = char.IsAsciiDigit(pair.Clean[^1]) && tokenizer is not WordLevelTokenizer;
        if (isWithinNumber)
        {
            MustBeSplitAtEnd(pair.Clean);
            MustBeSplitAtEnd(pair.Corrupted);
        }

        string[] wrong = [.. pair.CorruptedAnswers.Where(answer => answer.Length > 0)];
        RowEncoder encoder = EncoderOf(
            isWithinNumber ? AnswerForm.Exact : form,
            wrong.Length > 0 ? NeededAnswers.Both : NeededAnswers.Right
        );
        int merged = encoder.Merged;
        UsableRow row = encoder.Encode(
            new TableRow(
                line,
                new JsonObject
                {
                    [Clean] = pair.Clean,
                    [Corrupted] = pair.Corrupted,
                    [Right] = List(pair.Answers),
                    [Wrong] = List(wrong),
                }
            )
        );
        if (encoder.Merged > merged && !isWithinNumber)
        {
            throw new UnusableRowException("its right answer merges with the end of the prompt");
        }

        return row.Pair.Clean[0] == row.Pair.Corrupted[0]
            ? row
            : throw new UnusableRowException("its prompts differ in their first token already");
    }

    private RowEncoder EncoderOf(AnswerForm own, NeededAnswers needs)
    {
        if (!_encoders.TryGetValue((own, needs), out RowEncoder? encoder))
        {
            encoder = new RowEncoder(
                new PairColumns(
                    Clean,
                    Corrupted,
                    AnswerLayout.Sides,
                    Right,
                    needs == NeededAnswers.Both ? Wrong : null
                ),
                new PairsOptions { Form = own, Needs = needs },
                tokenizer
            );
            _encoders.Add((own, needs), encoder);
        }

        return encoder;
    }

    // "1352 … 13": answers go on the last number as the earlier one goes on, or the model knows them as other tokens.
    private void MustBeSplitAtEnd(string prompt)
    {
        string[] words = prompt.Split(' ');
        string end = words[^1];
        foreach (string whole in words[..^1].Where(word => word.Length > end.Length && word.StartsWith(end)))
        {
            if (!_isSplit.TryGetValue(whole, out bool isSplit))
            {
                isSplit = tokenizer
                    .EncodeContinuation($" {whole}")
                    .SequenceEqual([
                        .. tokenizer.EncodeContinuation($" {end}"),
                        .. tokenizer.EncodeContinuation(whole[end.Length..]),
                    ]);
                _isSplit.Add(whole, isSplit);
            }

            if (!isSplit)
            {
                throw new UnusableRowException($"the number '{whole}' is not split into '{end}' and the rest");
            }
        }
    }

    private static JsonArray List(IEnumerable<string> texts) =>
        [.. texts.Select(text => (JsonNode)JsonValue.Create(text))];
}
