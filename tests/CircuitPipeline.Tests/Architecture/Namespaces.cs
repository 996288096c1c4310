using System.Text.RegularExpressions;
using Xunit;

namespace CircuitPipeline.Tests.ArchitectureRules;

public sealed partial class Namespaces
{
    [Fact]
    public void Follow_folders() =>
        Assert.Empty(
            from file in SourceTree.Files("src").Select(SourceTree.Shown)
            let folders = Path.GetDirectoryName(file)!.Split('/')[1..]
            let declared = Declaration().Match(File.ReadAllText(Path.Combine(Testing.RepositoryRoot.Path, file)))
            where
                declared.Success
                && declared.Groups[1].Value != (folders is [] ? "CircuitPipeline" : string.Join('.', folders))
            select $"{file}: {declared.Groups[1].Value}"
        );

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Declaration();
}
