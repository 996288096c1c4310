using Xunit;

namespace CircuitPipeline.Tests.ArchitectureRules;

/// <summary>When a room grows past these sizes, it is two rooms.</summary>
public sealed class FileSizes
{
    private static readonly (string File, int Lines)[] Sizes =
    [
        .. SourceTree
            .Files("src")
            .Select(file => (SourceTree.Shown(file), File.ReadLines(file).Count()))
            .OrderBy(size => size.Item2),
    ];

    [Fact]
    public void No_file_in_src_is_over_300_lines() => Assert.DoesNotContain(Sizes, size => size.Lines > 300);

    [Fact]
    public void Half_of_them_have_75_lines_or_fewer() => Assert.InRange(Sizes[Sizes.Length / 2].Lines, 1, 75);

    [Fact]
    public void Nine_in_ten_are_under_200_lines() => Assert.InRange(Sizes[Sizes.Length * 9 / 10].Lines, 1, 199);
}
