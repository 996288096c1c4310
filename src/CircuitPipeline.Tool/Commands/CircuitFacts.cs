using System.Globalization;
using CircuitPipeline.Circuits.Scores;
using CircuitPipeline.Circuits.Selection;

namespace CircuitPipeline.Tool.Commands;

/// <summary>One fact of how a circuit was found.</summary>
/// <param name="Name">What it is called in a sentence.</param>
/// <param name="Value">What the file says; null where it says nothing, which differs from nothing.</param>
internal sealed record CircuitFact(string Name, string? Value)
{
    /// <summary>Whether another circuit's file says something else.</summary>
    internal bool DiffersFrom(CircuitFact other) =>
        Value is not null && other.Value is not null && Value != other.Value;
}

/// <summary>How a circuit was found: all that makes another circuit of the same model.</summary>
internal static class CircuitFacts
{
    /// <summary>The facts, in the same order for every circuit.</summary>
    internal static CircuitFact[] Of(Circuit circuit)
    {
        ScoreOrigin origin = circuit.Scores?.Origin ?? ScoreOrigin.Unknown;
        SelectionOrigin selection = circuit.Selection;
        return
        [
            new("method", origin.Method),
            new("steps", Text(origin.Steps)),
            new("quadrature", origin.Quadrature ?? "none"),
            new("metric", origin.Metric),
            new("intervention", origin.Intervention),
            new("aggregation", origin.Aggregation),
            new("examples", origin.Examples == 0 ? null : Text(origin.Examples)),
            new("dtype", origin.Dtype),
            new("numerics", origin.Numerics),
            .. Pairs(origin),
            new("selector", selection.Selector),
            new("signed", selection.Signed ? "yes" : "no"),
            new("edges asked", AsksForEdges(selection) ? Text(selection.EdgesAsked) : "none"),
            new("nodes asked", Text(selection.NodesAsked)),
            new("threshold", Text(selection.Threshold)),
        ];
    }

    // A file without a word about pairs took them as they were, but one of unknown origin says nothing.
    private static CircuitFact[] Pairs(ScoreOrigin origin)
    {
        bool isKnown = origin != ScoreOrigin.Unknown;
        PairsOrigin? pairs = origin.Pairs;
        return
        [
            new("tokenizer of the pairs", isKnown ? pairs?.Tokenizer ?? "none" : null),
            new("tokens before every prompt", isKnown ? Ids(pairs) : null),
            new("first tokens for answers", isKnown ? (pairs?.FirstTokenAnswers == true ? "yes" : "no") : null),
            new("rows left out", isKnown ? Text(pairs?.Dropped ?? 0) : null),
            new("answers left out", isKnown ? Text(pairs?.AnswersLeftOut ?? 0) : null),
        ];
    }

    private static string Ids(PairsOrigin? pairs) =>
        pairs is null || pairs.Prefix.IsEmpty ? "none" : string.Join(' ', pairs.Prefix);

    // The other selectors write down how many they found.
    private static bool AsksForEdges(SelectionOrigin selection) => selection.Selector is "top-n" or "greedy";

    private static string Text(IFormattable? value) => value?.ToString(null, CultureInfo.InvariantCulture) ?? "none";
}
