using CircuitPipeline.Testing;
using Xunit;

namespace CircuitPipeline.Tests.Documentation;

/// <summary>docs/experiment-file.md is what the spec's records say of themselves.</summary>
public sealed class ExperimentPage
{
    private const string Name = "docs/experiment-file.md";
    private const string Received = "docs/experiment-file.received.md";

    [Fact]
    public void Is_made_from_the_descriptions_of_the_spec()
    {
        string expected = ExperimentReference.Write();
        string page = Path.Combine(RepositoryRoot.Path, Name);
        string found = File.Exists(page) ? File.ReadAllText(page) : "";

        if (found != expected)
        {
            File.WriteAllText(Path.Combine(RepositoryRoot.Path, Received), expected);
        }

        Assert.True(
            found == expected,
            $"'{Name}' is not what the spec says: compare it with '{Received}', and put that in its place if it is right."
        );
    }
}
