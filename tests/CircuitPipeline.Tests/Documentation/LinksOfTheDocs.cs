using System.Text.RegularExpressions;
using CircuitPipeline.Testing;
using Xunit;

namespace CircuitPipeline.Tests.Documentation;

/// <summary>Links and pictures of README and docs lead to what is in the repository.</summary>
public sealed partial class LinksOfTheDocs
{
    private const long LargestPicture = 300_000;

    private static readonly string[] Folders = ["bench", "build", "compat", "docs", "experiments", "src", "tests"];

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
    public void Name_files_and_folders_that_there_are()
    {
        string[] missing =
        [
            .. DocumentedPage.All.SelectMany(page =>
                PathInCode()
                    .Matches(page.Text)
                    .Select(path => path.Groups[1].Value)
                    .Where(path => !IsInTheRepository(path))
                    .Select(path => $"{page.Name}: {path}")
            ),
        ];

        Assert.Empty(missing);
    }

    [Fact]
    public void Show_pictures_that_are_small()
    {
        string[] pictures = Directory.GetFiles(Path.Combine(RepositoryRoot.Path, "docs"), "*.png");

        Assert.NotEmpty(pictures);
        Assert.All(pictures, picture => Assert.InRange(new FileInfo(picture).Length, 1, LargestPicture));
    }

    // A path begins with a folder of the repository, or with a room of src; whatever begins otherwise is none.
    private static bool IsInTheRepository(string path)
    {
        string first = path.Split('/')[0];
        string room = Path.Combine(RepositoryRoot.Path, "src", $"CircuitPipeline.{first}");
        string place =
            Folders.Contains(first) ? Path.Combine(RepositoryRoot.Path, path)
            : Directory.Exists(room) ? Path.Combine(RepositoryRoot.Path, "src", $"CircuitPipeline.{path}")
            : RepositoryRoot.Path;
        return File.Exists(place) || Directory.Exists(place);
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

    // Capitals alone stand for a name: 'experiments/NAME.yaml'.
    [GeneratedRegex(@"`(?!\S*[A-Z]{4})([A-Za-z]+/[A-Za-z0-9./-]*)`")]
    private static partial Regex PathInCode();

    [GeneratedRegex("^#+ (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex("[^a-z0-9_-]")]
    private static partial Regex NoPartOfAName();
}
