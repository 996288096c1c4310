using System.Text.RegularExpressions;
using CircuitPipeline.Testing;
using Xunit;

namespace CircuitPipeline.Tests.ArchitectureRules;

/// <summary>A file that is replaced is written beside it first; whoever does that must leave nothing behind when the disk is full.</summary>
public sealed partial class TemporaryFiles
{
    [Fact]
    public void Are_moved_only_where_a_failure_removes_them()
    {
        string[] movers =
        [
            .. SourceTree
                .Files("src")
                .Concat(SourceTree.Files("build"))
                .Where(file => Move().IsMatch(File.ReadAllText(file)))
                .Select(SourceTree.Shown),
        ];

        Assert.Equal(
            [
                "src/CircuitPipeline.Hub/Cache/RefFile.cs",
                "src/CircuitPipeline.MSBuild/Stamp.cs",
                "src/CircuitPipeline.Pipeline/Store/DurableFile.cs",
                "src/CircuitPipeline.Pipeline/Store/StudyView.cs",
                "src/CircuitPipeline.Tensors/Loading/WeakenedShim.cs",
                "build/bridge/SupplyFile.cs",
            ],
            movers
        );
        Assert.All(
            movers,
            file =>
            {
                string text = File.ReadAllText(Path.Combine(RepositoryRoot.Path, file));
                Assert.True(text.Contains("catch\n") || text.Contains("finally\n"), $"'{file}' removes nothing.");
            }
        );
    }

    // Not DurableFile.Move, which is given the item's own file.
    [GeneratedRegex(@"(?<!\w)File\.Move\(")]
    private static partial Regex Move();
}
