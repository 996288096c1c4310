namespace CircuitPipeline.Prompts.Corpora;

/// <summary>Lines of token ids to train on, each ended by <c>&lt;eos&gt;</c> and padded on the right to one length.</summary>
public sealed class Corpus
{
    private readonly int[] _tokens; // [line, pos]
    private readonly int[] _lengths; // [line], without padding

    /// <summary>Pads lines to the longest one.</summary>
    /// <param name="lines">At least one line of token ids, with its end and without padding.</param>
    /// <param name="vocabulary">The vocabulary of the ids.</param>
    public Corpus(IReadOnlyList<int[]> lines, Vocabulary vocabulary)
    {
        ArgumentOutOfRangeException.ThrowIfZero(lines.Count);
        Vocabulary = vocabulary;
        Length = lines.Max(line => line.Length);
        _lengths = [.. lines.Select(line => line.Length)];
        _tokens = new int[checked(lines.Count * Length)];
        Array.Fill(_tokens, vocabulary.PadId);
        for (int line = 0; line < lines.Count; line++)
        {
            lines[line].CopyTo(_tokens, line * Length);
        }
    }

    /// <summary>The vocabulary of the ids.</summary>
    public Vocabulary Vocabulary { get; }

    /// <summary>Number of lines.</summary>
    public int LineCount => _lengths.Length;

    /// <summary>Tokens per line, padding included: the longest line's length.</summary>
    public int Length { get; }

    /// <summary>All token ids, <c>[line, pos]</c>, padded on the right.</summary>
    public ReadOnlyMemory<int> Tokens => _tokens;

    /// <summary>The token ids of one line, without padding.</summary>
    /// <param name="line">0 to <see cref="LineCount"/> - 1.</param>
    /// <returns>The ids, the last of them <c>&lt;eos&gt;</c>.</returns>
    public ReadOnlySpan<int> Line(int line) => _tokens.AsSpan(line * Length, _lengths[line]);

    /// <summary>Encodes and ends lines of text.</summary>
    /// <param name="lines">At least one line, without its end.</param>
    /// <param name="vocabulary">A vocabulary that holds every word.</param>
    /// <returns>The corpus.</returns>
    public static Corpus OfText(IEnumerable<string> lines, Vocabulary vocabulary) =>
        new([.. lines.Select(line => (int[])[.. vocabulary.Encode(line), vocabulary.EosId])], vocabulary);
}
