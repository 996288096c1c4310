using System.Text.Json;

namespace CircuitPipeline.TorchTests;

/// <summary>A tokenizer of nine words, in the form of Hugging Face's library, for small models.</summary>
internal static class WordTokenizer
{
    private static readonly string[] Numbers = ["zero", "one", "two", "three", "four", "five"];

    private static readonly string[] Words = ["[UNK]", .. Numbers, "plus", "is"];

    /// <summary>Writes <c>tokenizer.json</c> into a model's folder.</summary>
    internal static void Write(string folder) =>
        File.WriteAllText(
            Path.Combine(folder, "tokenizer.json"),
            JsonSerializer.Serialize(
                new
                {
                    version = "1.0",
                    truncation = (object?)null,
                    padding = (object?)null,
                    added_tokens = Array.Empty<object>(),
                    normalizer = (object?)null,
                    pre_tokenizer = new { type = "Whitespace" },
                    post_processor = (object?)null,
                    decoder = (object?)null,
                    model = new
                    {
                        type = "WordLevel",
                        vocab = Words.Index().ToDictionary(pair => pair.Item, pair => pair.Index),
                        unk_token = Words[0],
                    },
                }
            )
        );

    /// <summary>A CSV of prompts of four words: the same rows for the same numbers.</summary>
    internal static string Pairs(int first, int count) =>
        "clean,corrupted,answer,corrupted_answer\n"
        + string.Concat(
            Enumerable
                .Range(first, count)
                .Select(row => (Left: Numbers[row % 6], Other: Numbers[(row + 3) % 6], Right: Numbers[row / 6 % 6]))
                .Select(row =>
                    $"{row.Left} plus {row.Right} is,{row.Other} plus {row.Right} is,{row.Left},{row.Other}\n"
                )
        );
}
