using System.Text.RegularExpressions;

namespace CircuitPipeline.Circuits.Adapters;

/// <summary>A regular expression as Python's <c>re</c> reads it, for names of modules.</summary>
/// <remarks>
/// Differs from Python where names of modules never go: classes of Unicode and flags in the middle. What takes longer than a
/// <see cref="MatchBudget"/> is refused.
/// </remarks>
internal sealed partial class PythonPattern
{
    // A model of 1,024 layers that all differ in rank has less.
    private const int Longest = 8192;

    // Longer ones cost megabytes without a way back.
    private const int LongestLinear = 512;

    private readonly string _text;
    private readonly MatchBudget _budget;
    private readonly Regex _regex;

    private PythonPattern(string text, string whole, MatchBudget budget)
    {
        (_text, _budget) = (text, budget);
        if (text.Length > Longest)
        {
            throw budget.Error(
                $"the expression '{MessageText.OneLine(text)}' has {text.Length} characters, but at most {Longest} are read."
            );
        }

        string translated = OpenRange().Replace(whole.Replace("(?P<", "(?<", StringComparison.Ordinal), "{0,$1}");
        try
        {
            _regex = Compiled(translated);
        }
        catch (ArgumentException cause)
        {
            string reason = cause is RegexParseException parse ? $"{parse.Error}" : "it cannot be read";
            throw new InvalidDataException(
                budget
                    .Error($"the expression '{MessageText.OneLine(text)}' is no regular expression ({reason}).")
                    .Message,
                cause
            );
        }
    }

    /// <summary>Matches the end of a name, from its start or a dot on (PEFT, <c>get_pattern_key</c>).</summary>
    public static PythonPattern OfEnd(string text, MatchBudget budget) => new(text, $@"\A(.*\.)?({text})$", budget);

    /// <summary>Matches the whole name (Python's <c>re.fullmatch</c>).</summary>
    public static PythonPattern OfWhole(string text, MatchBudget budget) => new(text, $@"\A(?:{text})\z", budget);

    /// <summary>Matches where a layer's number stands, as a group of that name (PEFT, <c>layers_pattern</c>).</summary>
    public static PythonPattern OfLayer(string? text, MatchBudget budget) =>
        new(text ?? "", $@"\A.*?\.{text ?? "[^.]*"}\.(?<layer>\d+)\.", budget);

    public bool Matches(string name) => _budget.Spend(_text, () => _regex.IsMatch(name));

    /// <summary>The number of the layer; null where the expression does not match.</summary>
    public string? Layer(string name) =>
        _budget.Spend(
            _text,
            () =>
                _regex.Match(name) is { Success: true } match && match.Groups["layer"] is { Success: true } layer
                    ? layer.Value
                    : null
        );

    // What needs no way back runs in time that is linear in the name.
    private static Regex Compiled(string pattern)
    {
        if (pattern.Length > LongestLinear)
        {
            return new Regex(pattern, RegexOptions.CultureInvariant, MatchBudget.OfOneName);
        }

        try
        {
            return new Regex(
                pattern,
                RegexOptions.CultureInvariant | RegexOptions.NonBacktracking,
                MatchBudget.OfOneName
            );
        }
        catch (NotSupportedException)
        {
            return new Regex(pattern, RegexOptions.CultureInvariant, MatchBudget.OfOneName);
        }
    }

    [GeneratedRegex(@"\{,(\d+)\}")]
    private static partial Regex OpenRange();
}
