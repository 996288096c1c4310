using CircuitPipeline.Testing;
using Xunit;

namespace CircuitPipeline.Tests.Documentation;

/// <summary>The readme of the one package that the program of the packages has no part of shows the example that is compiled from docs/.</summary>
public sealed class ExamplesOfTheReadmes
{
    [Fact]
    public void Of_the_snapshots_is_that_of_their_page()
    {
        string readme = File.ReadAllText(
            Path.Combine(RepositoryRoot.Path, "src", "CircuitPipeline.Verify", "README.md")
        );
        DocumentedBlock example = Assert.Single(
            DocumentedPage.Named("docs/snapshots.md").Blocks,
            block => block.Language == "csharp"
        );

        Assert.Contains($"```csharp\n{example.Code}```\n", readme);
    }
}
