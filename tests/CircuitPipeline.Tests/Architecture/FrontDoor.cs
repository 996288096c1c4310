using System.Text.RegularExpressions;
using CircuitPipeline.BuildHost;
using CircuitPipeline.Testing;
using CircuitPipeline.Tests.Packages;
using Xunit;

namespace CircuitPipeline.Tests.ArchitectureRules;

/// <summary>The files that a visitor looks for say what is so.</summary>
public sealed partial class FrontDoor
{
    // What CONTRIBUTING tells to make.
    private static readonly string[] Made = ["CountNodesStage.cs", "EqualScores.cs", "MinimumTask.cs", "Shift.cs"];

    [Fact]
    public void The_licence_is_MIT_by_the_packages_authors() =>
        Assert.StartsWith("MIT License\n\nCopyright (c) CircuitPipeline\n", Text("LICENSE"));

    [Fact]
    public void The_changelog_is_at_the_version_of_the_packages() =>
        Assert.Equal(
            $"## [{PackedPackages.Version}] - unreleased",
            Text("CHANGELOG.md").Split('\n').First(line => line.StartsWith("## ", StringComparison.Ordinal))
        );

    [Fact]
    public void Every_path_in_CONTRIBUTING_exists()
    {
        string[] paths = [.. RepositoryPath().Matches(Text("CONTRIBUTING.md")).Select(path => path.Value).Distinct()];

        Assert.True(paths.Length > 20, string.Join(' ', paths));
        Assert.DoesNotContain(paths, path => !Path.Exists(Path.Combine(RepositoryRoot.Path, path)));
    }

    [Fact]
    public void Every_source_file_that_CONTRIBUTING_points_at_exists()
    {
        string[] sources =
        [
            .. ((string[])["src", "tests"]).SelectMany(folder => SourceTree.Files(folder)).Select(Path.GetFileName)!,
        ];
        string[] named = [.. SourceFile().Matches(Text("CONTRIBUTING.md")).Select(name => name.Groups[1].Value)];

        Assert.Superset(Made.ToHashSet(), named.ToHashSet());
        Assert.DoesNotContain(named.Except(Made), name => !sources.Contains(name));
    }

    [Theory]
    [InlineData("src/CircuitPipeline.Attribution/AttributionMethods.cs", " All { get; }")]
    [InlineData("src/CircuitPipeline.Prompts/Corpora/CorpusSpec.cs", "record CorpusWeights")]
    [InlineData(
        "src/CircuitPipeline.Prompts/Corpora/CorpusGenerator.cs",
        "(new MaximumLine(spec.MaxNumber), weights.Maximum),"
    )]
    [InlineData("src/CircuitPipeline.Prompts/Vocabulary.cs", "string[] TaskWords =")]
    [InlineData("src/CircuitPipeline.Training/Methods/AdapterMethods.cs", " All { get; }")]
    [InlineData("src/CircuitPipeline.Study/Artifacts/FineTuneMethods.cs", "IReadOnlyList<string> OfTheField")]
    [InlineData("src/CircuitPipeline.Study/Retrain/RetrainStage.cs", "void TrainUniform(")]
    [InlineData(
        "src/CircuitPipeline.Study/StudyStages.cs",
        "new(\"DiffCircuits\", StageTexts.DiffCircuits, [\"SelectCircuits\"]),"
    )]
    [InlineData("src/CircuitPipeline.Study/StudyStages.cs", "new DiffCircuitsStage(spec),")]
    public void The_places_where_CONTRIBUTING_adds_a_line_are_there(string file, string text) =>
        Assert.Contains(text, Text(file));

    [Fact]
    public void Every_target_in_CONTRIBUTING_is_a_task() =>
        Assert.DoesNotContain(
            Target().Matches(Text("CONTRIBUTING.md")).Select(target => target.Groups[1].Value),
            target => !TaskNames.Of(typeof(BuildContext).Assembly).Contains(target)
        );

    private static string Text(string file) => File.ReadAllText(Path.Combine(RepositoryRoot.Path, file));

    [GeneratedRegex(@"(?<=[`(])(src|tests|build|docs|experiments)/[A-Za-z0-9./_-]+")]
    private static partial Regex RepositoryPath();

    [GeneratedRegex(@"`([A-Z][A-Za-z]+\.cs)`")]
    private static partial Regex SourceFile();

    [GeneratedRegex(@"--target=(\w+)")]
    private static partial Regex Target();
}
