using CircuitPipeline.Circuits.Scores;
using CircuitPipeline.Circuits.Selection;

namespace CircuitPipeline.Circuits.Files;

/// <summary>Reads and writes the scores of all edges as the JSON of EAP-IG 2.0 for a graph of which nothing is chosen yet.</summary>
/// <remarks>The form is that of <see cref="CircuitFile"/>; a circuit's file with all scores is read as well.</remarks>
public static class ScoresFile
{
    /// <summary>Reads the scores of a file.</summary>
    /// <param name="path">Path of the file.</param>
    /// <returns>The scores and where they are from.</returns>
    /// <exception cref="InvalidDataException">The file is missing, damaged, not of this form, or an edge has no score.</exception>
    public static EdgeScores Read(string path) => Of(CircuitFile.Read(path), path);

    /// <summary>Reads the scores from the bytes of a file.</summary>
    /// <param name="json">The file's bytes, UTF-8.</param>
    /// <param name="source">The file's name for messages.</param>
    /// <returns>The scores and where they are from.</returns>
    /// <exception cref="InvalidDataException">The text is damaged, not of this form, or an edge has no score.</exception>
    public static EdgeScores Parse(ReadOnlyMemory<byte> json, string source) =>
        Of(CircuitFile.Parse(json, source), source);

    /// <summary>The scores of a file that was read as a circuit.</summary>
    /// <param name="circuit">What was read.</param>
    /// <param name="source">The file's name for messages.</param>
    /// <returns>The scores and where they are from.</returns>
    /// <exception cref="InvalidDataException">An edge has no score.</exception>
    public static EdgeScores Of(Circuit circuit, string source)
    {
        int scored = circuit.Scores is null ? 0 : circuit.Listing?.EdgesScored ?? circuit.Graph.EdgeCount;
        string advice =
            circuit.EdgeCount > 0 ? "; this is a circuit's file: give the scores that it was chosen from." : ".";
        return scored == circuit.Graph.EdgeCount
            ? circuit.Scores!
            : throw new InvalidDataException(
                $"{source}: '{scored}' of the {circuit.Graph.EdgeCount} edges have a 'score', but to choose among them all need one{advice}"
            );
    }

    /// <summary>Writes scores; the same scores give the same bytes, and reading them gives the same scores.</summary>
    /// <param name="scores">The scores.</param>
    /// <returns>The file's bytes: UTF-8, nodes and edges in the graph's order, none of them in the circuit, a final line end.</returns>
    public static byte[] Write(EdgeScores scores) =>
        CircuitWriter.Write(new Circuit(scores.Graph, [], SelectionOrigin.Unknown(0), scores), isSelected: false);
}
