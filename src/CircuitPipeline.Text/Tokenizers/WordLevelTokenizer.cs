using System.Collections.Immutable;
using CircuitPipeline.Prompts;
using CircuitPipeline.Prompts.Files;

namespace CircuitPipeline.Text.Tokenizers;

/// <summary>The vocabulary of a study's own model as a tokenizer: words with one blank between them, nothing before them.</summary>
/// <param name="vocabulary">The words.</param>
public sealed class WordLevelTokenizer(Vocabulary vocabulary) : ITokenizer
{
    /// <inheritdoc/>
    public string Source => VocabularyFile.Name;

    /// <inheritdoc/>
    public ImmutableArray<int> Prefix => [];

    /// <inheritdoc/>
    public ImmutableArray<int> EncodePrompt(string text) => [.. vocabulary.Encode(text)];

    /// <inheritdoc/>
    public ImmutableArray<int> EncodeContinuation(string text) =>
        [.. vocabulary.Encode(text.StartsWith(' ') ? text[1..] : text)];

    /// <inheritdoc/>
    public string Decode(IReadOnlyList<int> ids) => vocabulary.Decode([.. ids]);
}
