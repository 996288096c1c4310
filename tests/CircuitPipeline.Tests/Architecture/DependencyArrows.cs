using System.Xml.Linq;
using CircuitPipeline.Testing;
using Xunit;

namespace CircuitPipeline.Tests.ArchitectureRules;

/// <summary>Which project uses which, and which packages; a new arrow is a decision, so it shows in DependencyArrows.txt.</summary>
public sealed class DependencyArrows
{
    private static readonly string[] TopFolders = ["src", "compat", "build", "tests", "bench"];

    [Fact]
    public void Are_those_of_the_snapshot()
    {
        string snapshot = Path.Combine(
            RepositoryRoot.Path,
            "tests/CircuitPipeline.Tests/Architecture/DependencyArrows.txt"
        );
        string actual = string.Concat(ProjectFiles().Select(Arrows));

        if (actual != File.ReadAllText(snapshot))
        {
            // Beside the snapshot, to compare and, if the arrow is wanted, to replace it.
            File.WriteAllText(Path.ChangeExtension(snapshot, ".received.txt"), actual);
        }

        Assert.Equal(File.ReadAllText(snapshot), actual);
    }

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        string solution = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "CircuitPipeline.sln")).Replace('\\', '/');

        Assert.DoesNotContain(
            ProjectFiles(),
            project => !solution.Contains($"\"{Path.GetRelativePath(RepositoryRoot.Path, project)}\"")
        );
    }

    [Theory]
    [InlineData("CircuitPipeline.Circuits")]
    [InlineData("CircuitPipeline.Prompts")]
    [InlineData("CircuitPipeline.Pipeline")]
    public void Rooms_without_tensors_use_only_the_base_library(string room) =>
        Assert.Equal($"{room}\n", Arrows(Path.Combine(RepositoryRoot.Path, "src", room, $"{room}.csproj")));

    private static string[] ProjectFiles() =>
        [
            .. TopFolders
                .Select(folder => Path.Combine(RepositoryRoot.Path, folder))
                .Where(Directory.Exists)
                .SelectMany(folder => Directory.GetFiles(folder, "*.csproj", SearchOption.AllDirectories))
                .Order(StringComparer.Ordinal),
        ];

    /// <summary>The project's name, then one indented line per reference: -> project, => package, ~> package or stand-in.</summary>
    private static string Arrows(string project)
    {
        XElement root = XDocument.Load(project).Root!;
        IEnumerable<string> Lines(string item, string arrow) =>
            root.Descendants(item)
                .Select(reference =>
                    $"  {arrow} {Path.GetFileNameWithoutExtension(((string)reference.Attribute("Include")!) + Ending(item))}"
                )
                .Order(StringComparer.Ordinal);

        string[] lines =
        [
            Path.GetFileNameWithoutExtension(project),
            .. Lines("ProjectReference", "->"),
            .. Lines("CompatReference", "~>"),
            .. Lines("PackageReference", "=>"),
        ];
        return string.Concat(lines.Select(line => line + "\n"));
    }

    // A package's name may have dots of its own, which are no file ending.
    private static string Ending(string item) => item == "ProjectReference" ? "" : ".package";
}
