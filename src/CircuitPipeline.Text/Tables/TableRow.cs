using System.Text.Json.Nodes;

namespace CircuitPipeline.Text.Tables;

/// <summary>A row of a table: a JSON object, whatever the file's form.</summary>
/// <param name="Line">The line on which it begins, from 1; in Parquet its number.</param>
/// <param name="Cells">Its columns; a text where the form knows nothing else, as CSV.</param>
internal sealed record TableRow(int Line, JsonObject Cells)
{
    /// <summary>The value at a column, or at a path of keys with dots between them; null when there is none.</summary>
    public JsonNode? At(string path)
    {
        if (Cells.TryGetPropertyValue(path, out JsonNode? value))
        {
            return value;
        }

        JsonNode? node = Cells;
        foreach (string key in path.Split('.'))
        {
            node = node is JsonObject group && group.TryGetPropertyValue(key, out JsonNode? inner) ? inner : null;
        }

        return node;
    }

    /// <summary>Whether there is a value.</summary>
    public bool Has(string path) => At(path) is not null;
}
