using System.Text;
using System.Text.Json;

namespace CircuitPipeline.MSBuild;

/// <summary>The document that the tool prints with <c>--json</c>, read for what the run left, and from what.</summary>
internal sealed class ToolAnswer
{
    private readonly StringBuilder _text = new();

    /// <summary>Adds a line of the tool's standard output.</summary>
    public void Add(string line) => _text.AppendLine(line);

    /// <summary>
    /// The study's folder, the files in it but hidden ones, the store beside it, and the files that the experiment names; null where the document
    /// does not say.
    /// </summary>
    public IReadOnlyList<string>? Results()
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(_text.ToString());
            return document.RootElement.GetProperty("folder").GetString() is { } folder && Directory.Exists(folder)
                ?
                [
                    Path.Combine(Path.GetDirectoryName(folder)!, "store"),
                    folder,
                    .. Directory
                        .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                        .Where(file =>
                            !file.EndsWith(".part", StringComparison.Ordinal) && !Path.GetFileName(file).StartsWith('.')
                        )
                        .Order(StringComparer.Ordinal),
                    .. document.RootElement.GetProperty("files").EnumerateArray().Select(file => file.GetString()!),
                ]
                : null;
        }
        catch (Exception cause) when (cause is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }
}
