using System.Collections.Immutable;
using System.Globalization;

namespace CircuitPipeline.Circuits.Adapters;

/// <summary>Some names of modules as a configuration gives them: ends of names, or one regular expression for whole names.</summary>
internal sealed record NameRule
{
    private NameRule(ImmutableArray<string> ends, PythonPattern? whole, string text) =>
        (Ends, Whole, Text) = (ends, whole, text);

    /// <summary>The list; empty where an expression was given.</summary>
    public ImmutableArray<string> Ends { get; }

    /// <summary>The rule in one line for a person.</summary>
    public string Text { get; }

    private PythonPattern? Whole { get; }

    public static NameRule OfEnds(ImmutableArray<string> ends) => new(ends, null, string.Join(", ", ends));

    public static NameRule OfExpression(string text, MatchBudget budget) =>
        new([], PythonPattern.OfWhole(text, budget), text);

    /// <summary>Whether the whole name matches, or is one of the list, or ends with a dot and one of the list.</summary>
    public bool Matches(string name) =>
        Whole?.Matches(name) ?? Ends.Any(end => name == end || name.EndsWith($".{end}", StringComparison.Ordinal));

    /// <summary>The same, but the end may begin within a name: PEFT compares feed-forward modules so.</summary>
    public bool MatchesLooseEnd(string name) =>
        Whole?.Matches(name) ?? Ends.Any(end => name.EndsWith(end, StringComparison.Ordinal));
}

/// <summary>Which modules an adapter is for, by PEFT's rule (<c>tuners_utils.py</c>, <c>check_target_module_exists</c>).</summary>
/// <param name="Targets">Null for <c>all-linear</c>: every linear map but the unembedding.</param>
/// <param name="Excluded">Modules that are left out; null for none.</param>
/// <param name="Layers">The layers; null for all.</param>
/// <param name="LayerPatterns">Where the number of the layer stands in a name; of several the first that matches.</param>
internal sealed record ModuleTargets(
    NameRule? Targets,
    NameRule? Excluded,
    ImmutableArray<int>? Layers,
    ImmutableArray<PythonPattern> LayerPatterns
)
{
    public string Text => Targets?.Text ?? "all-linear";

    /// <summary>Whether a module is one of them.</summary>
    /// <param name="name">Its name in the model.</param>
    /// <param name="isMap">Whether it is a linear map of a block.</param>
    public bool Has(string name, bool isMap)
    {
        if (Excluded?.Matches(name) == true || !(Targets?.Matches(name) ?? isMap))
        {
            return false;
        }

        return Layers is not { } layers
            || int.TryParse(
                LayerPatterns.Select(pattern => pattern.Layer(name)).FirstOrDefault(layer => layer is not null),
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out int layer
            ) && layers.Contains(layer);
    }
}
