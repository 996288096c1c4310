using System.Collections.Immutable;
using System.Globalization;
using CircuitPipeline.Circuits.Graph;
using CircuitPipeline.Circuits.Selection;
using CircuitPipeline.Reporting.Html;

namespace CircuitPipeline.Tool.Commands;

/// <summary>What a reader must know of circuits from files before their numbers, a sentence each.</summary>
internal static class CircuitWarnings
{
    /// <summary>Of each circuit alone: that it is empty, or that its file contradicts itself.</summary>
    internal static IEnumerable<string> OfEach(params (string File, Circuit Circuit)[] circuits) =>
        circuits.SelectMany(read => Empty(read.File, read.Circuit).Concat(Contradicted(read.File, read.Circuit)));

    /// <summary>That a circuit has no edge.</summary>
    internal static IEnumerable<string> Empty(string file, Circuit circuit) =>
        circuit.EdgeCount == 0 ? [$"the circuit in '{file}' is empty."] : [];

    /// <summary>Of two circuits that were found in different ways, whose difference is not the models' alone.</summary>
    internal static IEnumerable<string> OfDifferentOrigin(Circuit first, Circuit second)
    {
        string[] differences =
        [
            .. CircuitFacts
                .Of(first)
                .Zip(CircuitFacts.Of(second))
                .Where(pair => pair.First.DiffersFrom(pair.Second))
                .Select(pair => $"{pair.First.Name} '{pair.First.Value}' and '{pair.Second.Value}'"),
        ];
        if (differences.Length > 0 && first.EdgeCount > 0 && second.EdgeCount > 0)
        {
            yield return $"the two circuits were found in different ways ({string.Join(", ", differences)}), so what differs may come from that; find both alike.";
        }
    }

    /// <summary>That a circuit stands in the place of scores, and only its own edges have some.</summary>
    internal static IEnumerable<string> OfScores(string file, Circuit circuit)
    {
        if (circuit.Scores is { } scores && circuit.EdgeCount > 0 && circuit.EdgeCount < circuit.Graph.EdgeCount)
        {
            ImmutableArray<double> values = scores.Values;
            int scored = values.Index().Count(edge => edge.Item != 0 && !circuit.Contains(edge.Index));
            if (scored == 0)
            {
                yield return Invariant(
                    $"'{file}' is a circuit of {circuit.EdgeCount:N0} of {circuit.Graph.EdgeCount:N0} edges and the others score 0 in it, so they were not compared; choose from the scores that 'attribute' wrote."
                );
            }
        }
    }

    /// <summary>That equal scores stand on both sides of a choice, so that the order of edges or nodes decided.</summary>
    /// <param name="ties">The ties; null where there are none.</param>
    /// <param name="things">What was chosen: <c>edge</c> or <c>node</c>.</param>
    internal static IEnumerable<string> OfTies(ScoreTies? ties, string things = "edge")
    {
        if (ties is { } tied)
        {
            yield return Invariant(
                $"the last {tied.Chosen:N0} of {tied.Of:N0} chosen {things}s are among {tied.Tied:N0} of equal score ({tied.Score}), so the {things} index chose them."
            );
        }
    }

    // The edges decide, as in EAP-IG, which prunes by them.
    private static IEnumerable<string> Contradicted(string file, Circuit circuit)
    {
        if (circuit.Listing is not { } listing)
        {
            yield break;
        }

        HashSet<Node> used = [.. circuit.Nodes];
        Node[] denied =
        [
            .. circuit
                .Graph.Nodes.Index()
                .Where(node => listing.Nodes[node.Index] is { InGraph: false } && used.Contains(node.Item))
                .Select(node => node.Item),
        ];
        if (denied.Length > 0)
        {
            yield return $"'{file}' says of {Plural.Of(denied.Length, "node")}, the first '{denied[0]}', that they are not in the circuit, but edges at them are; the edges were taken.";
        }
    }

    private static string Invariant(FormattableString sentence) => sentence.ToString(CultureInfo.InvariantCulture);
}
