using CircuitPipeline.Circuits.Selection;

namespace CircuitPipeline.Circuits.Files;

/// <summary>Reads a circuit from the JSON of EAP-IG and of the paper, and writes it as that of EAP-IG 2.0.</summary>
/// <remarks>
/// <c>{"cfg": {…}, "nodes": {name: {"in_graph"}}, "edges": {name: {"score", "in_graph"}}, "circuit_pipeline": {…}}</c>
/// (reference: <c>graph.py</c>, <c>to_json</c>); how scores and edges were made is under the last key, which EAP-IG passes over.
/// Three dialects are read:
/// <list type="number">
/// <item>EAP-IG 2.0: nodes are objects, and every node and edge is there;</item>
/// <item>the paper's copy of EAP-IG: nodes are true or false, and some may be left out, as may edges;</item>
/// <item>collapsed (the paper's <c>collapse_qkv.py</c>): edges into heads do not say into which input, and mostly only edges of the
/// circuit are there. An edge that is left out is not in the circuit and has no score.</item>
/// </list>
/// A circuit's nodes are the ends of its edges. Whatever else a file says of nodes, neurons and which edges have scores is kept in
/// <see cref="Circuit.Listing"/> and written again; other keys are passed over. Numbers are written so that reading gives the same double.
/// EAP-IG reads what is written of a circuit with scores whose graph knows its width and is not collapsed.
/// </remarks>
public static class CircuitFile
{
    /// <summary>The largest file that is read, in bytes; a model of 1.6 million edges has about a hundred megabytes.</summary>
    public const int LargestBytes = 1 << 29;

    /// <summary>Reads a circuit's file.</summary>
    /// <param name="path">Path of the file.</param>
    /// <returns>The circuit with its scores and where they are from.</returns>
    /// <exception cref="InvalidDataException">The file is missing, damaged or not of this form.</exception>
    public static Circuit Read(string path)
    {
        if (Directory.Exists(path))
        {
            throw new InvalidDataException(
                $"{path}: this is a folder, but a JSON file is expected; name a file in it."
            );
        }
        if (!File.Exists(path))
        {
            throw new InvalidDataException($"{path}: there is no such file; a circuit is read from its JSON file.");
        }

        return Parse(JsonFile.Bytes(path, LargestBytes), path);
    }

    /// <summary>Reads the bytes of a circuit's file.</summary>
    /// <param name="json">The file's bytes, UTF-8.</param>
    /// <param name="source">The file's name for messages.</param>
    /// <returns>The circuit with its scores and where they are from.</returns>
    /// <exception cref="InvalidDataException">The text is damaged or not of this form.</exception>
    public static Circuit Parse(ReadOnlyMemory<byte> json, string source) =>
        JsonFile.Parse(json, source, "one JSON object", text => new CircuitReader(text, source).Read());

    /// <summary>Writes a circuit; the same circuit gives the same bytes, and reading them gives the same circuit.</summary>
    /// <param name="circuit">The circuit.</param>
    /// <returns>The file's bytes: UTF-8, nodes and edges in the graph's order, a final line end.</returns>
    public static byte[] Write(Circuit circuit) => CircuitWriter.Write(circuit, isSelected: true);
}
