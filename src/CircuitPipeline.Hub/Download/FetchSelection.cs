using System.Collections.Immutable;

namespace CircuitPipeline.Hub.Download;

/// <summary>Which files of a model are brought.</summary>
public sealed record FetchSelection
{
    /// <summary>What a computation needs: configuration, tokenizer, safetensors.</summary>
    public static FetchSelection Needed { get; } = new();

    /// <summary>The same without weights.</summary>
    public static FetchSelection WithoutWeights { get; } = new() { Weights = false };

    /// <summary>Whether weights are brought.</summary>
    public bool Weights { get; init; } = true;

    /// <summary>Instead of what is needed: files whose paths match one of these, where <c>*</c> and <c>?</c> stand for any characters; empty for what is needed.</summary>
    public ImmutableArray<string> Patterns { get; init; } = [];

    /// <summary>Whether files that are there already are read and must have the digest that the Hub says; otherwise their size alone is compared.</summary>
    public bool Verifies { get; init; }
}
