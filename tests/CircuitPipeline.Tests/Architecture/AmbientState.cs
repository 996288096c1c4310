using System.Text.RegularExpressions;
using Xunit;

namespace CircuitPipeline.Tests.ArchitectureRules;

/// <summary>Time, chance and the environment are passed in, so that the same spec gives the same bytes.</summary>
public sealed class AmbientState
{
    // Where the engine's native files lie is the machine's affair and no result's; its module initializers run before any front.
    private static readonly string[] Readers =
    [
        "src/CircuitPipeline.Tool/",
        "src/CircuitPipeline.MSBuild/",
        "src/CircuitPipeline.Tensors/Loading/",
    ];

    [Theory]
    [InlineData(@"\bDateTime(Offset)?\.(Now|UtcNow|Today)\b")]
    [InlineData(@"\bStopwatch\.(StartNew|GetTimestamp)\b")]
    [InlineData(@"\bRandom\.Shared\b")]
    [InlineData(@"\bnew Random\(\)")]
    [InlineData(@"\bRandom \w+ = new\(\)")]
    [InlineData(@"\bGuid\.NewGuid\b")]
    [InlineData(@"\bEnvironment\.GetEnvironmentVariable\b")]
    [InlineData(@"\bEnvironment\.CurrentDirectory\b")]
    public void Is_read_only_by_fronts_and_the_loader(string pattern)
    {
        IEnumerable<string> found =
            from file in SourceTree.Files("src")
            where !Readers.Any(SourceTree.Shown(file).StartsWith)
            from line in File.ReadLines(file).Index()
            where Regex.IsMatch(line.Item, pattern)
            select $"{SourceTree.Shown(file)}({line.Index + 1}): {line.Item.Trim()}";

        Assert.Empty(found);
    }
}
