using System.Globalization;
using CircuitPipeline.Circuits.Scores;
using CircuitPipeline.Circuits.Selection;

namespace CircuitPipeline.Tool.Commands;

/// <summary>What to say of two circuits that were found in different ways, whose difference is not the models' alone.</summary>
internal static class UnlikeCircuits
{
    internal static IEnumerable<string> WarningsOf(Circuit first, Circuit second)
    {
        string[] differences =
        [
            .. Facts(first)
                .Zip(Facts(second))
                .Where(pair => pair.First.Value != pair.Second.Value)
                .Select(pair => $"{pair.First.Name} '{pair.First.Value}' and '{pair.Second.Value}'"),
        ];
        if (differences.Length > 0 && first.EdgeCount > 0 && second.EdgeCount > 0)
        {
            yield return $"the two circuits were found in different ways ({string.Join(", ", differences)}), so what differs may come from that; find both alike.";
        }
    }

    private static IEnumerable<(string Name, string Value)> Facts(Circuit circuit)
    {
        ScoreOrigin origin = circuit.Scores?.Origin ?? ScoreOrigin.Unknown;
        SelectionOrigin selection = circuit.Selection;
        return
        [
            ("method", origin.Method),
            ("steps", Text(origin.Steps)),
            ("quadrature", origin.Quadrature ?? "none"),
            ("metric", origin.Metric),
            ("intervention", origin.Intervention),
            ("aggregation", origin.Aggregation),
            ("selector", selection.Selector),
            ("signed", selection.Signed ? "yes" : "no"),
            ("edges asked", AsksForEdges(selection) ? Text(selection.EdgesAsked) : "none"),
            ("nodes asked", Text(selection.NodesAsked)),
            ("threshold", Text(selection.Threshold)),
        ];
    }

    // The other selectors write down how many they found.
    private static bool AsksForEdges(SelectionOrigin selection) => selection.Selector is "top-n" or "greedy";

    private static string Text(IFormattable? value) => value?.ToString(null, CultureInfo.InvariantCulture) ?? "none";
}
