using System.Text.RegularExpressions;

namespace CircuitPipeline.Circuits.Adapters;

/// <summary>A regular expression as Python's <c>re</c> reads it, for names of modules.</summary>
/// <remarks>
/// Differs from Python where names of modules never go: classes of Unicode and flags in the middle. An expression that takes
/// longer than <see cref="Patience"/> for one name is refused.
/// </remarks>
internal sealed partial class PythonPattern
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(200);

    private readonly string _text;
    private readonly Func<string, InvalidDataException> _error;
    private readonly Regex _regex;

    private PythonPattern(string text, string whole, Func<string, InvalidDataException> error)
    {
        (_text, _error) = (text, error);
        string translated = OpenRange().Replace(whole.Replace("(?P<", "(?<", StringComparison.Ordinal), "{0,$1}");
        try
        {
            _regex = Compiled(translated);
        }
        catch (ArgumentException cause)
        {
            throw new InvalidDataException(
                error(
                    $"the expression '{MessageText.OneLine(text)}' is no regular expression ({Reason(cause)})."
                ).Message,
                cause
            );
        }
    }

    /// <summary>Matches the end of a name, from its start or a dot on (PEFT, <c>get_pattern_key</c>).</summary>
    public static PythonPattern OfEnd(string text, Func<string, InvalidDataException> error) =>
        new(text, $@"\A(.*\.)?({text})$", error);

    /// <summary>Matches the whole name (Python's <c>re.fullmatch</c>).</summary>
    public static PythonPattern OfWhole(string text, Func<string, InvalidDataException> error) =>
        new(text, $@"\A(?:{text})\z", error);

    /// <summary>Matches where a layer's number stands, as the first group that has a name (PEFT, <c>layers_pattern</c>).</summary>
    public static PythonPattern OfLayer(string? text, Func<string, InvalidDataException> error) =>
        new(text ?? "", $@"\A.*?\.{text ?? "[^.]*"}\.(?<layer>\d+)\.", error);

    public bool Matches(string name) => InTime(() => _regex.IsMatch(name));

    /// <summary>The number of the layer; null where the expression does not match.</summary>
    public string? Layer(string name) =>
        InTime(() =>
            _regex.Match(name) is { Success: true } match && match.Groups["layer"] is { Success: true } layer
                ? layer.Value
                : null
        );

    // What needs no way back runs in time that is linear in the name.
    private static Regex Compiled(string pattern)
    {
        try
        {
            return new Regex(pattern, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking, Patience);
        }
        catch (NotSupportedException)
        {
            return new Regex(pattern, RegexOptions.CultureInvariant, Patience);
        }
    }

    private T InTime<T>(Func<T> match)
    {
        try
        {
            return match();
        }
        catch (RegexMatchTimeoutException)
        {
            throw _error(
                $"the expression '{MessageText.OneLine(_text)}' takes longer than {Patience.TotalMilliseconds} ms for the name of one module; write it without nested repetitions."
            );
        }
    }

    private static string Reason(ArgumentException cause) =>
        cause is RegexParseException parse ? $"{parse.Error}" : "it cannot be read";

    [GeneratedRegex(@"\{,(\d+)\}")]
    private static partial Regex OpenRange();
}
