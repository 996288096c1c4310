using System.Text.Json;

namespace CircuitPipeline.Circuits;

/// <summary>A first look at a circuit's file: that it is JSON, where its parts are, how many entries they have and in which dialect.</summary>
/// <remarks>Nothing is kept of the entries themselves, so that what is built afterwards can be bounded by their number.</remarks>
internal sealed class FileOutline
{
    private readonly Dictionary<string, Range> _places = [];

    private FileOutline() { }

    /// <summary>Number of entries of <c>nodes</c>.</summary>
    public int Nodes { get; private set; }

    /// <summary>Number of entries of <c>edges</c>.</summary>
    public int Edges { get; private set; }

    /// <summary>Whether nodes are true or false, as in the paper's copy of EAP-IG; else objects, as in EAP-IG 2.0.</summary>
    public bool HasBareNodes { get; private set; }

    /// <summary>Whether the first edge into a head names none of its inputs; null when no edge ends in a head.</summary>
    public bool? IsCollapsed { get; private set; }

    /// <summary>Where a part's value is; null when the file has no such key.</summary>
    public Range? this[string part] => _places.TryGetValue(part, out var place) ? place : null;

    /// <summary>Reads a file once from end to end.</summary>
    /// <exception cref="JsonException">The text is no JSON.</exception>
    public static FileOutline Of(ReadOnlySpan<byte> json, string source)
    {
        var outline = new FileOutline();
        var reader = new Utf8JsonReader(json);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new InvalidCircuitException(
                $"{source}: this is {EntryReader.Kind(ref reader)}, but a JSON object is expected."
            );
        }
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            outline.Look(ref reader, source);
        }
        // There is nothing after the object, or this throws.
        reader.Read();
        return outline;
    }

    private void Look(ref Utf8JsonReader reader, string source)
    {
        var part =
            reader.ValueTextEquals("cfg") ? "cfg"
            : reader.ValueTextEquals("nodes") ? "nodes"
            : reader.ValueTextEquals("edges") ? "edges"
            : reader.ValueTextEquals(Provenance.Key) ? Provenance.Key
            : null;
        reader.Read();
        var start = (int)reader.TokenStartIndex;
        if (part is "nodes" or "edges" && reader.TokenType == JsonTokenType.StartObject)
        {
            CountEntries(ref reader, part);
        }
        else
        {
            reader.Skip();
        }
        if (part is not null && !_places.TryAdd(part, start..(int)reader.BytesConsumed))
        {
            throw new InvalidCircuitException($"{source}: the file has '{part}' twice, but each key is expected once.");
        }
    }

    private void CountEntries(ref Utf8JsonReader reader, string part)
    {
        var buffer = new char[EntryReader.LongestName];
        var count = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (
                part == "edges"
                && IsCollapsed is null
                && Edge.TryParse(EntryReader.Name(ref reader, buffer), out var edge)
            )
            {
                IsCollapsed = edge.Destination is AttentionHeadNode ? edge.Input is null : null;
            }
            reader.Read();
            if (part == "nodes" && count == 0)
            {
                HasBareNodes = reader.TokenType is JsonTokenType.True or JsonTokenType.False;
            }
            reader.Skip();
            count++;
        }
        (Nodes, Edges) = part == "nodes" ? (count, Edges) : (Nodes, count);
    }
}
