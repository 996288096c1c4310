using System.Collections.Immutable;
using System.Text.Json.Nodes;
using CircuitPipeline.Prompts.Files;
using CircuitPipeline.Prompts.PromptPairs;
using CircuitPipeline.Text.Tokenizers;

namespace CircuitPipeline.Text.Tables;

/// <summary>Reads the clean prompts of a file in any form as texts, whatever else its rows hold.</summary>
public static class CleanPrompts
{
    private const string Clean = "clean";
    private const string TextOfIds = "clean_text";

    // The paper's files to fine-tune on have 'input'.
    private static readonly ImmutableArray<string> Known = [TextOfIds, Clean, "prompt", "input"];

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="column">The column of the clean prompts; null for <c>clean_text</c>, <c>clean</c>, <c>prompt</c> or <c>input</c>, the first that there is.</param>
    /// <param name="tokenizer">Makes texts of token ids; null refuses ids without their texts.</param>
    /// <returns>The prompts of all rows, in the file's order.</returns>
    /// <exception cref="InvalidDataException">The file cannot be read, or a row has no such prompt; the line is named.</exception>
    public static PromptSet Read(string path, string? column = null, ITokenizer? tokenizer = null)
    {
        ImmutableArray<PromptLine>.Builder prompts = ImmutableArray.CreateBuilder<PromptLine>();
        string? found = column;
        foreach (TableRow row in PairTable.Rows(path))
        {
            if (prompts.Count == PairTable.MostRows)
            {
                throw PromptFile.At(
                    path,
                    row.Line,
                    $"the file has more than the {PairTable.MostRows} rows that are read."
                );
            }

            found ??=
                Known.FirstOrDefault(row.Has)
                ?? throw PromptFile.At(
                    path,
                    row.Line,
                    $"no column holds the clean prompt ('{string.Join("', '", Known)}'); name it with '--clean-column'."
                );
            try
            {
                prompts.Add(new PromptLine(row.Line, TextOf(row.At(found), found, tokenizer)));
            }
            catch (InvalidDataException cause)
            {
                throw PromptFile.At(path, row.Line, cause.Message);
            }
        }

        return new PromptSet(path, prompts.ToImmutable());
    }

    private static string TextOf(JsonNode? value, string column, ITokenizer? tokenizer)
    {
        if (value is JsonValue text && text.GetValueKind() == System.Text.Json.JsonValueKind.String)
        {
            JsonArray? written = WrittenIds.Of(value);
            return written is null ? text.GetValue<string>() : Decoded(written, column, tokenizer);
        }

        return value is JsonArray ids
            ? Decoded(ids, column, tokenizer)
            : throw new InvalidDataException($"'{column}' is neither a text nor a list of token ids.");
    }

    private static string Decoded(JsonArray ids, string column, ITokenizer? tokenizer)
    {
        List<int> tokens = [];
        foreach (JsonNode? id in ids)
        {
            tokens.Add(
                id is JsonValue number && number.TryGetValue(out int token)
                    ? token
                    : throw new InvalidDataException(
                        $"'{column}' has '{MessageText.OneLine(id?.ToString())}', which is no token id."
                    )
            );
        }

        return tokenizer?.Decode(tokens)
            ?? throw new InvalidDataException(
                $"'{column}' is a list of token ids without '{TextOfIds}' beside it; name the model whose tokenizer makes a text of them with '--model'."
            );
    }
}
