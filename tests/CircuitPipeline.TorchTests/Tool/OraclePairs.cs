using System.Text.Json;
using CircuitPipeline.Testing;

namespace CircuitPipeline.TorchTests.ToolFront;

/// <summary>The oracle's main pairs as a file that the tool reads.</summary>
internal static class OraclePairs
{
    internal static string ModelFolder => OracleFolder.File("models", "neox");

    internal static string Write(string path)
    {
        using JsonDocument data = JsonDocument.Parse(File.ReadAllText(Path.Combine(ModelFolder, "data.json")));
        File.WriteAllLines(
            path,
            data.RootElement.GetProperty("main")
                .EnumerateArray()
                .Select(row =>
                    $$"""{"clean": {{row.GetProperty("clean").GetRawText()}}, "corrupted": {{row.GetProperty("corrupted").GetRawText()}}, "label": {{row.GetProperty("label").GetRawText()}}}""".ReplaceLineEndings(
                        ""
                    )
                )
        );
        return path;
    }
}
