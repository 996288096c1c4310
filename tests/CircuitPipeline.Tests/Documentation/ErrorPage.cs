using System.Reflection;
using System.Text.RegularExpressions;
using CircuitPipeline.Study.Spec;
using CircuitPipeline.Testing;
using Xunit;

namespace CircuitPipeline.Tests.Documentation;

/// <summary>docs/errors.md has every code of the source, and no other, each with its cause and remedy.</summary>
public sealed partial class ErrorPage
{
    private static readonly string[] Codes =
    [
        .. typeof(Diagnostics)
            .GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(field => (string)field.GetRawConstantValue()!)
            .Order(StringComparer.Ordinal),
    ];

    private static readonly string[] Sections =
    [
        .. DocumentedPage
            .Named("docs/errors.md")
            .Text.Split("\n### ")
            .Skip(1)
            .Select(section => section.Split("\n## ")[0]),
    ];

    [Fact]
    public void Has_every_code_once_and_in_order() =>
        Assert.Equal(Codes, Sections.Select(section => section.Split('\n')[0]));

    [Fact]
    public void Says_cause_and_remedy_of_each() =>
        Assert.All(
            Sections,
            section =>
            {
                Assert.Contains("\n- Cause: ", section);
                Assert.Contains("\n- Remedy: ", section);
            }
        );

    [Fact]
    public void Knows_every_code_that_a_page_or_a_source_names()
    {
        IEnumerable<string> sources = Directory
            .GetFiles(Path.Combine(RepositoryRoot.Path, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}"))
            .Select(File.ReadAllText);
        string[] named =
        [
            .. sources
                .Concat(DocumentedPage.All.Select(page => page.Text))
                .SelectMany(text => Code().Matches(text))
                .Select(match => match.Value)
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];

        Assert.Equal(Codes, named);
    }

    [GeneratedRegex("CP[0-9]{4}")]
    private static partial Regex Code();
}
