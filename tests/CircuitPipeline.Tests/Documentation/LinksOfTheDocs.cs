using System.Text.RegularExpressions;
using CircuitPipeline.Testing;
using Xunit;

namespace CircuitPipeline.Tests.Documentation;

/// <summary>Links and pictures of README and docs lead to what is in the repository.</summary>
public sealed partial class LinksOfTheDocs
{
    private const long LargestPicture = 300_000;

    [Fact]
    public void Lead_to_a_file_and_to_a_heading_of_it()
    {
        string[] broken =
        [
            .. DocumentedPage.All.SelectMany(page =>
                Link()
                    .Matches(page.Text)
                    .Select(link => link.Groups[1].Value)
                    .Where(target => !target.Contains("://") && !IsThere(page, target))
                    .Select(target => $"{page.Name}: {target}")
            ),
        ];

        Assert.Empty(broken);
    }

    [Fact]
    public void Reach_every_page_from_the_README()
    {
        string readme = DocumentedPage.Named("README.md").Text;

        Assert.All(DocumentedPage.All.Skip(1), page => Assert.Contains($"]({page.Name})", readme));
    }

    [Fact]
    public void Show_pictures_that_are_small()
    {
        string[] pictures = Directory.GetFiles(Path.Combine(RepositoryRoot.Path, "docs"), "*.png");

        Assert.NotEmpty(pictures);
        Assert.All(pictures, picture => Assert.InRange(new FileInfo(picture).Length, 1, LargestPicture));
    }

    private static bool IsThere(DocumentedPage page, string target)
    {
        string[] parts = target.Split('#');
        string file = Path.Combine(RepositoryRoot.Path, Path.GetDirectoryName(page.Name)!, parts[0]);
        string path = parts[0].Length == 0 ? Path.Combine(RepositoryRoot.Path, page.Name) : file;
        return File.Exists(path) && (parts.Length == 1 || Headings(File.ReadAllText(path)).Contains(parts[1]));
    }

    // As GitHub names them: lower case, hyphens for blanks, nothing else but letters, digits and hyphens.
    private static IEnumerable<string> Headings(string text) =>
        Heading()
            .Matches(text)
            .Select(heading =>
                NoPartOfAName().Replace(heading.Groups[1].Value.ToLowerInvariant().Replace(' ', '-'), "")
            );

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("^#+ (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex("[^a-z0-9_-]")]
    private static partial Regex NoPartOfAName();
}
