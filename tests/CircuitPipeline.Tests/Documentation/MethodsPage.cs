using System.Text.RegularExpressions;
using CircuitPipeline.Attribution;
using CircuitPipeline.Planning;
using CircuitPipeline.Testing;
using CircuitPipeline.Tool.Commands;
using Xunit;

namespace CircuitPipeline.Tests.Documentation;

/// <summary>docs/methods.md has every name that the tool takes, and no other, each with its source.</summary>
public sealed partial class MethodsPage
{
    private static readonly string Text = DocumentedPage.Named("docs/methods.md").Text;

    public static TheoryData<string, string[]> Chapters =>
        new()
        {
            { "Attribution methods", [.. AttributionMethods.Names] },
            { "Interventions", [.. EnumNames.All<Intervention>()] },
            { "Metrics", [.. Metrics.Names] },
            { "Selectors", OptionValues("select", "--selector") },
            { "Rank rules", [.. LayerRule.OfDiff.Select(rule => rule.Name), "random"] },
        };

    [Theory]
    [MemberData(nameof(Chapters))]
    public void Has_every_name_of_a_chapter_once_and_in_order(string chapter, string[] names) =>
        Assert.Equal(names, Sections(chapter).Select(section => section.Split('`')[1]));

    [Theory]
    [MemberData(nameof(Chapters))]
    public void Says_where_each_comes_from(string chapter, string[] names)
    {
        Assert.NotEmpty(names);
        Assert.All(Sections(chapter), section => Assert.Matches(Source(), section));
    }

    // What the help lists between the bars.
    private static string[] OptionValues(string command, string option) =>
        CommandList
            .Root()
            .Subcommands.Single(verb => verb.Name == command)
            .Options.Single(candidate => candidate.Name == option)
            .HelpName!.Split('|');

    private static IEnumerable<string> Sections(string chapter) =>
        Text.Split($"\n## {chapter}\n")[1].Split("\n## ")[0].Split("\n### ").Skip(1);

    [GeneratedRegex(@"Source: \S")]
    private static partial Regex Source();
}
