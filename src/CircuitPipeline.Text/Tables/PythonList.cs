using System.Text;
using System.Text.Json.Nodes;

namespace CircuitPipeline.Text.Tables;

/// <summary>A list as Python prints it, which pandas writes into CSV: <c>['gem', "it's"]</c>, <c>[16915, 42776]</c>.</summary>
internal static class PythonList
{
    /// <summary>The list; null when the text is none of whole numbers or of texts.</summary>
    public static JsonArray? Parse(string text)
    {
        ReadOnlySpan<char> rest = text.AsSpan().Trim();
        if (rest is not ['[', .., ']'])
        {
            return null;
        }

        JsonArray list = [];
        rest = rest[1..^1].Trim();
        while (!rest.IsEmpty)
        {
            if (Item(ref rest) is not { } item)
            {
                return null;
            }

            list.Add(item);
            rest = rest.TrimStart();
            if (rest is [',', ..])
            {
                rest = rest[1..].TrimStart();
            }
            else if (!rest.IsEmpty)
            {
                return null;
            }
        }

        return list;
    }

    private static JsonNode? Item(ref ReadOnlySpan<char> rest)
    {
        if (rest[0] is '\'' or '"')
        {
            return Quoted(ref rest);
        }

        int length = rest.IndexOf(',') is >= 0 and int comma ? comma : rest.Length;
        ReadOnlySpan<char> number = rest[..length].Trim();
        rest = rest[length..];
        return int.TryParse(number, out int value) ? JsonValue.Create(value) : null;
    }

    private static JsonValue? Quoted(ref ReadOnlySpan<char> rest)
    {
        char quote = rest[0];
        StringBuilder text = new();
        for (int at = 1; at < rest.Length; at++)
        {
            if (rest[at] == quote)
            {
                rest = rest[(at + 1)..];
                return JsonValue.Create(text.ToString());
            }

            // Other escapes stand for no text of these files.
            at += rest[at] == '\\' ? 1 : 0;
            text.Append(at < rest.Length ? rest[at] : '\\');
        }

        return null;
    }
}
