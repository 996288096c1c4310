using System.Collections.Immutable;
using System.Text.RegularExpressions;
using CircuitPipeline.Text.Tokenizers;

namespace CircuitPipeline.Tests.Prompts.Tables;

/// <summary>A tokenizer that is easy to follow: a word with the blank before it, up to two digits likewise, any other character.</summary>
internal sealed partial class PieceTokenizer : ITokenizer
{
    private readonly List<string> _pieces = [];

    public string Source => "pieces";

    public ImmutableArray<int> Prefix { get; init; } = [];

    /// <summary>The id of a piece, the same at every call.</summary>
    public int this[string piece]
    {
        get
        {
            int id = _pieces.IndexOf(piece);
            if (id < 0)
            {
                id = _pieces.Count;
                _pieces.Add(piece);
            }

            return id;
        }
    }

    public ImmutableArray<int> EncodePrompt(string text) => [.. Prefix, .. EncodeContinuation(text)];

    public ImmutableArray<int> EncodeContinuation(string text) => [.. Piece().Matches(text).Select(m => this[m.Value])];

    public string Decode(IReadOnlyList<int> ids) => string.Concat(ids.Select(id => _pieces[id]));

    [GeneratedRegex(@" ?[A-Za-z]+| ?[0-9]{1,2}|[\s\S]", RegexOptions.CultureInvariant)]
    private static partial Regex Piece();
}
