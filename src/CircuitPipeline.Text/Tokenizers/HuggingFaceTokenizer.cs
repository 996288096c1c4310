using System.Collections.Immutable;

namespace CircuitPipeline.Text.Tokenizers;

/// <summary>A tokenizer in Hugging Face's form, computed by Hugging Face's own engine.</summary>
/// <remarks>
/// The engine runs without the file's post-processor. What that would put before a text is <see cref="Prefix"/>; what it would put
/// behind one, such as an EOS token, is left out, because a prompt goes on. A continuation is encoded behind a line feed, whose ids
/// are then taken away: tokenizers in SentencePiece's form put a blank before every text that begins.
/// </remarks>
public sealed class HuggingFaceTokenizer : ITokenizer, IDisposable
{
    private const string Anchor = "\n";
    private readonly NativeTokenizer _engine;
    private readonly ImmutableArray<int> _anchor;

    internal HuggingFaceTokenizer(NativeTokenizer engine, string source, ImmutableArray<int> prefix)
    {
        (_engine, Source, Prefix) = (engine, source, prefix);
        _anchor = engine.Encode(Anchor);
    }

    /// <inheritdoc/>
    public string Source { get; }

    /// <inheritdoc/>
    public ImmutableArray<int> Prefix { get; }

    /// <summary>Frees the engine's memory.</summary>
    public void Dispose() => _engine.Dispose();

    /// <inheritdoc/>
    public ImmutableArray<int> EncodePrompt(string text) => [.. Prefix, .. _engine.Encode(text)];

    /// <inheritdoc/>
    public ImmutableArray<int> EncodeContinuation(string text)
    {
        ImmutableArray<int> behind = _engine.Encode(Anchor + text);
        return behind.AsSpan().StartsWith(_anchor.AsSpan()) ? behind[_anchor.Length..] : _engine.Encode(text);
    }

    /// <inheritdoc/>
    public string Decode(IReadOnlyList<int> ids) => _engine.Decode(ids);
}
