using System.Collections.Immutable;
using System.Text.Json;
using CircuitPipeline.Prompts.Files;

namespace CircuitPipeline.Text.Tokenizers;

/// <summary>Finds the tokenizer in a model's folder.</summary>
/// <remarks>
/// In this order: <c>vocabulary.json</c> of our own models, <c>tokenizer.json</c>, GPT-2's <c>vocab.json</c> with
/// <c>merges.txt</c>.
/// </remarks>
public static class TokenizerFolder
{
    /// <summary>The largest file that is read, in bytes; the largest of the field have a third of it.</summary>
    public const long LargestBytes = 100L << 20;

    /// <summary>The file of Hugging Face's library.</summary>
    public const string TokenizerJsonName = "tokenizer.json";

    private const string SentencePiece = "tokenizer.model";
    private const string Config = "tokenizer_config.json";
    private const string SpecialTokens = "special_tokens_map.json";
    private const string BosToken = "bos_token";

    /// <summary>The names of all files that a tokenizer may consist of; a folder has some of them.</summary>
    public static IReadOnlyList<string> Files { get; } =
    [
        VocabularyFile.Name,
        TokenizerJsonName,
        Config,
        SpecialTokens,
        "added_tokens.json",
        Gpt2Files.Vocabulary,
        Gpt2Files.Merges,
    ];

    /// <summary>Reads the tokenizer of a folder.</summary>
    /// <param name="folder">The model's folder.</param>
    /// <param name="bos">Whether a BOS token stands before prompts.</param>
    /// <returns>The tokenizer, to be disposed where it can be; null when the folder has none.</returns>
    /// <exception cref="InvalidDataException">Its files cannot be read, or have no BOS token where one is asked for.</exception>
    public static ITokenizer? Find(string folder, BosPolicy bos = BosPolicy.Auto)
    {
        string words = Path.Combine(folder, VocabularyFile.Name);
        string json = Path.Combine(folder, TokenizerJsonName);
        string vocabulary = Path.Combine(folder, Gpt2Files.Vocabulary);
        string merges = Path.Combine(folder, Gpt2Files.Merges);
        if (File.Exists(words))
        {
            return bos != BosPolicy.Always
                ? new WordLevelTokenizer(VocabularyFile.Read(words))
                : throw new InvalidDataException(
                    $"{words}: a word-level vocabulary has no BOS token; leave '--bos' out."
                );
        }

        if (File.Exists(json))
        {
            return Load(
                TokenizerJson.Parse(PromptFile.Bytes(json, LargestBytes), json),
                folder,
                json,
                TokenizerJsonName,
                bos
            );
        }

        if (File.Exists(vocabulary) && File.Exists(merges))
        {
            byte[] bytes = Gpt2Files.ToTokenizerJson(
                PromptFile.Bytes(vocabulary, LargestBytes),
                PromptFile.Bytes(merges, LargestBytes),
                BosOf(folder) is { } token ? [token] : [],
                vocabulary
            );
            TokenizerJson parsed = TokenizerJson.Parse(bytes, vocabulary);
            // The class that reads these two files has no post-processor, but a switch.
            TokenizerJson whole = AddsBos(folder)
                ? parsed with
                {
                    Prefix = [IdOfBos(parsed, folder, vocabulary)],
                }
                : parsed;
            return Load(whole, folder, vocabulary, Gpt2Files.Source, bos);
        }

        return File.Exists(Path.Combine(folder, SentencePiece))
            ? throw new InvalidDataException(
                $"{Path.Combine(folder, SentencePiece)}: SentencePiece's form is not read; convert it once with python -c \"from transformers import AutoTokenizer as T; T.from_pretrained('{folder}').save_pretrained('{folder}')\", which writes '{TokenizerJsonName}'."
            )
            : null;
    }

    private static HuggingFaceTokenizer Load(
        TokenizerJson json,
        string folder,
        string file,
        string source,
        BosPolicy bos
    )
    {
        ImmutableArray<int> prefix = bos switch
        {
            BosPolicy.Never => [],
            BosPolicy.Always when json.Prefix.IsEmpty => [IdOfBos(json, folder, file)],
            _ => json.Prefix,
        };
        return new HuggingFaceTokenizer(NativeTokenizer.Load(json.WithoutPostProcessor, file), source, prefix);
    }

    private static int IdOfBos(TokenizerJson json, string folder, string file) =>
        BosOf(folder) is { } token
            ? json.Added.TryGetValue(token, out int id)
                ? id
                : throw new InvalidDataException(
                    $"{file}: the BOS token '{MessageText.OneLine(token)}' of '{Config}' is not among the file's added tokens; leave '--bos' out, or use 'never'."
                )
            : throw new InvalidDataException(
                $"{file}: neither '{Config}' nor '{SpecialTokens}' beside it names a '{BosToken}'; leave '--bos' out, or use 'never'."
            );

    private static string? BosOf(string folder) =>
        ((string[])[Config, SpecialTokens])
            .Select(name => Value(folder, name, BosToken, TokenText))
            .FirstOrDefault(text => text is not null);

    private static bool AddsBos(string folder) =>
        Value(folder, Config, "add_bos_token", value => value.ValueKind == JsonValueKind.True ? "yes" : null)
            is not null;

    // A text, or an object with the text and its flags.
    private static string? TokenText(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Object when value.TryGetProperty("content", out JsonElement text) => text.GetString(),
            _ => null,
        };

    private static string? Value(string folder, string name, string key, Func<JsonElement, string?> read)
    {
        string path = Path.Combine(folder, name);
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            using JsonDocument file = JsonDocument.Parse(PromptFile.Bytes(path, LargestBytes));
            return
                file.RootElement.ValueKind == JsonValueKind.Object
                && file.RootElement.TryGetProperty(key, out JsonElement value)
                ? read(value)
                : null;
        }
        catch (Exception cause) when (cause is JsonException or InvalidOperationException)
        {
            throw new InvalidDataException(
                $"{path}: this is no JSON file ({MessageText.OneLine(cause.Message)}).",
                cause
            );
        }
    }
}
