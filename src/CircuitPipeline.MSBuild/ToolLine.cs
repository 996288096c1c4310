using System.Text.RegularExpressions;

namespace CircuitPipeline.MSBuild;

/// <summary>What a line on the tool's standard error is.</summary>
internal static partial class ToolLine
{
    private const string Prefix = "Error: ";

    /// <summary>Whether the line names a file, a place and a code, in the form that MSBuild parses itself.</summary>
    public static bool IsLocated(string line) => Located().IsMatch(line);

    /// <summary>The sentence of an error without a place, or null.</summary>
    public static string? Sentence(string line) =>
        line.StartsWith(Prefix, StringComparison.Ordinal) ? line[Prefix.Length..] : null;

    [GeneratedRegex(@"^[^:]+\(\d+,\d+\): error CP\d{4}: ")]
    private static partial Regex Located();
}
