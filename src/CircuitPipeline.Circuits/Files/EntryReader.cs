using System.Collections.Immutable;
using System.Text.Json;

namespace CircuitPipeline.Circuits.Files;

/// <summary>Reads the entries of <c>nodes</c> and <c>edges</c> one token at a time; a file may have millions of them.</summary>
internal static class EntryReader
{
    /// <summary>Room for the longest name, <c>a1023.h1023->a1023.h1023&lt;q></c>, with every character escaped.</summary>
    public const int LongestName = 192;

    /// <summary>The text of a name; of one that is too long to be a name only its beginning.</summary>
    public static ReadOnlySpan<char> Name(ref Utf8JsonReader reader, char[] buffer)
    {
        if (reader.ValueSpan.Length <= buffer.Length)
        {
            return buffer.AsSpan(0, reader.CopyString(buffer));
        }
        string text = reader.GetString()!;
        return text.AsSpan(0, Math.Min(text.Length, buffer.Length));
    }

    /// <summary>What the value at the reader is, in words.</summary>
    public static string Kind(ref Utf8JsonReader reader) =>
        reader.TokenType switch
        {
            JsonTokenType.StartObject => "an object",
            JsonTokenType.StartArray => "a list",
            JsonTokenType.Null => "null",
            JsonTokenType.String => $"'{MessageText.OneLine(reader.GetString()!)}'",
            JsonTokenType.True => "'true'",
            JsonTokenType.False => "'false'",
            _ => $"'{MessageText.OneLine(System.Text.Encoding.UTF8.GetString(reader.ValueSpan))}'",
        };

    /// <summary>Reads an entry of <c>edges</c>.</summary>
    public static (bool InGraph, double? Score) Edge(
        ref Utf8JsonReader reader,
        string source,
        scoped ReadOnlySpan<char> name
    )
    {
        MustBeObject(ref reader, source, "edges", name, "an object");
        (bool? InGraph, double? Score) entry = default;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string? key = KeyOf(ref reader);
            reader.Read();
            if (reader.TokenType == JsonTokenType.Null || key is not ("in_graph" or "score"))
            {
                reader.Skip();
            }
            else if (key == "in_graph" ? entry.InGraph is not null : entry.Score is not null)
            {
                throw Twice(source, "edges", name, key);
            }
            else if (key == "in_graph")
            {
                entry.InGraph = Flag(ref reader, source, "edges", name, key);
            }
            else
            {
                entry.Score = Number(ref reader, source, "edges", name, key);
            }
        }
        return (entry.InGraph ?? false, entry.Score);
    }

    /// <summary>Reads an entry of <c>nodes</c>: an object, or just whether the node is in the circuit.</summary>
    public static NodeListing Node(ref Utf8JsonReader reader, string source, scoped ReadOnlySpan<char> name)
    {
        if (reader.TokenType is JsonTokenType.True or JsonTokenType.False)
        {
            return new NodeListing(reader.GetBoolean());
        }
        MustBeObject(ref reader, source, "nodes", name, "an object, true or false");
        NodeListing entry = new(false);
        HashSet<string> seen = new();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string? key = KeyOf(ref reader);
            if (key is not null && !seen.Add(key))
            {
                throw Twice(source, "nodes", name, key);
            }
            reader.Read();
            if (reader.TokenType == JsonTokenType.Null || key is null)
            {
                reader.Skip();
                continue;
            }
            entry = key switch
            {
                "in_graph" => entry with { InGraph = Flag(ref reader, source, "nodes", name, key) },
                "score" => entry with { Score = Number(ref reader, source, "nodes", name, key) },
                "neurons" => entry with { Neurons = List(ref reader, source, name, key, Flag) },
                _ => entry with { NeuronScores = List(ref reader, source, name, key, Number) },
            };
        }
        return entry;
    }

    private static string? KeyOf(ref Utf8JsonReader reader) =>
        reader.ValueTextEquals("score") ? "score"
        : reader.ValueTextEquals("in_graph") ? "in_graph"
        : reader.ValueTextEquals("neurons") ? "neurons"
        : reader.ValueTextEquals("neurons_scores") ? "neurons_scores"
        : null;

    private static ImmutableArray<T> List<T>(
        ref Utf8JsonReader reader,
        string source,
        scoped ReadOnlySpan<char> name,
        string key,
        Reading<T> read
    )
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw Wrong(ref reader, source, "nodes", name, key, "a list");
        }
        ImmutableArray<T>.Builder list = ImmutableArray.CreateBuilder<T>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            list.Add(read(ref reader, source, "nodes", name, key));
        }
        return list.ToImmutable();
    }

    private static bool Flag(
        ref Utf8JsonReader reader,
        string source,
        string table,
        scoped ReadOnlySpan<char> name,
        string key
    ) =>
        reader.TokenType is JsonTokenType.True or JsonTokenType.False
            ? reader.GetBoolean()
            : throw Wrong(ref reader, source, table, name, key, "true or false");

    private static double Number(
        ref Utf8JsonReader reader,
        string source,
        string table,
        scoped ReadOnlySpan<char> name,
        string key
    ) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out double number) && double.IsFinite(number)
            ? number
            : throw Wrong(ref reader, source, table, name, key, "a number");

    private static void MustBeObject(
        ref Utf8JsonReader reader,
        string source,
        string table,
        scoped ReadOnlySpan<char> name,
        string allowed
    )
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new InvalidDataException(
                $"{source}: {table}.{MessageText.OneLine(name.ToString())}: this is {Kind(ref reader)}, but {allowed} is expected."
            );
        }
    }

    private static InvalidDataException Wrong(
        ref Utf8JsonReader reader,
        string source,
        string table,
        scoped ReadOnlySpan<char> name,
        string key,
        string allowed
    ) =>
        new(
            $"{source}: {table}.{MessageText.OneLine(name.ToString())}: '{key}' is {Kind(ref reader)}, but {allowed} is allowed."
        );

    private static InvalidDataException Twice(
        string source,
        string table,
        scoped ReadOnlySpan<char> name,
        string key
    ) =>
        new(
            $"{source}: {table}.{MessageText.OneLine(name.ToString())}: '{key}' is there twice, but each key is expected once."
        );

    private delegate T Reading<T>(
        ref Utf8JsonReader reader,
        string source,
        string table,
        scoped ReadOnlySpan<char> name,
        string key
    );
}
