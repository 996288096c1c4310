using System.Collections.Immutable;

namespace CircuitPipeline.Text.Tokenizers;

/// <summary>Turns texts into a model's token ids.</summary>
public interface ITokenizer
{
    /// <summary>The file, or files, that it was read from, such as <c>tokenizer.json</c>.</summary>
    string Source { get; }

    /// <summary>What stands before every prompt, such as a BOS token; often nothing.</summary>
    ImmutableArray<int> Prefix { get; }

    /// <summary>The ids of a prompt: <see cref="Prefix"/>, then the text's. Nothing stands behind the text.</summary>
    /// <param name="text">The prompt.</param>
    /// <exception cref="InvalidDataException">The text has no ids: a word that is unknown, half a surrogate pair.</exception>
    ImmutableArray<int> EncodePrompt(string text);

    /// <summary>The ids of a text that goes on where another ended: no prefix, and no blank of its own.</summary>
    /// <param name="text">The text, with the blank before it where it has one.</param>
    /// <exception cref="InvalidDataException">The text has no ids.</exception>
    ImmutableArray<int> EncodeContinuation(string text);

    /// <summary>The text of ids; tokens that stand for no text, such as BOS, may be left out.</summary>
    /// <param name="ids">Token ids.</param>
    /// <exception cref="InvalidDataException">An id is no token's.</exception>
    string Decode(IReadOnlyList<int> ids);
}

/// <summary>Whether a beginning-of-sequence token stands before every prompt.</summary>
public enum BosPolicy
{
    /// <summary>As the tokenizer's own files have it.</summary>
    Auto,

    /// <summary>Always, once.</summary>
    Always,

    /// <summary>Never, whatever the files say.</summary>
    Never,
}
