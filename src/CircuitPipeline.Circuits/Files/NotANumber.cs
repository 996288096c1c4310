using System.Text;
using System.Text.Json;

namespace CircuitPipeline.Circuits.Files;

/// <summary>Finds <c>NaN</c>, <c>Infinity</c> and <c>-Infinity</c>, which Python writes where JSON has no number.</summary>
internal static class NotANumber
{
    private static readonly string[] Words = ["NaN", "Infinity", "-Infinity"];

    /// <summary>Refuses a text that stops being JSON at such a word by its place; does nothing when it stops elsewhere.</summary>
    /// <exception cref="InvalidDataException">It does.</exception>
    public static void Refuse(ReadOnlySpan<byte> json, string source)
    {
        Utf8JsonReader reader = new(json, isFinalBlock: false, state: default);
        List<string> path = [];
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.PropertyName)
                {
                    // Lists have depth, but no name.
                    int depth = reader.CurrentDepth - 1;
                    path = [.. path.Concat(Enumerable.Repeat("", depth)).Take(depth), reader.GetString()!];
                }
            }
        }
        catch (InvalidOperationException)
        {
            // A name is not valid Unicode, and the file breaks off behind it.
        }
        catch (JsonException)
        {
            ReadOnlySpan<byte> rest = json[(int)reader.BytesConsumed..].TrimStart(" \t\r\n:,"u8);
            foreach (string word in Words)
            {
                if (path.Count > 0 && rest.StartsWith(Encoding.UTF8.GetBytes(word)))
                {
                    throw Found(path, word, source);
                }
            }
        }
    }

    private static InvalidDataException Found(List<string> path, string word, string source)
    {
        string above = string.Join('.', path[..^1].Where(name => name.Length > 0));
        string place = above.Length > 0 ? $"{MessageText.OneLine(above)}: " : "";
        return new InvalidDataException(
            $"{source}: {place}'{MessageText.OneLine(path[^1])}' is '{word}', but a finite number is allowed."
        );
    }
}
