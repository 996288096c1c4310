using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using CircuitPipeline.Testing;
using Xunit;

namespace CircuitPipeline.Tests.Packages;

/// <summary>Whoever gets software of others in a package is told whose it is and under which licence.</summary>
[Collection(PackagesCollection.Name)]
public sealed partial class ThirdParty(PackedPackages packages)
{
    private const string Notice = "THIRD-PARTY.md";
    private const string WebNotice = "THIRD-PARTY-web.txt";
    private const string ToolFolder = "tools/net10.0/any/";

    private static readonly string WebFolder = Path.Combine(RepositoryRoot.Path, "src/CircuitPipeline.Reporting/web");

    [Theory]
    [InlineData("CircuitPipeline.MSBuild")]
    [InlineData("CircuitPipeline.Reporting")]
    [InlineData("CircuitPipeline.Tool")]
    public void Packages_with_software_of_others_carry_the_notice_and_the_texts(string package)
    {
        Assert.Equal(
            File.ReadAllBytes(Path.Combine(RepositoryRoot.Path, Notice)),
            PackageFile.Read(packages.PathOf(package), Notice)
        );
        Assert.Equal(
            File.ReadAllBytes(Path.Combine(WebFolder, "LICENCES.txt")),
            PackageFile.Read(packages.PathOf(package), WebNotice)
        );
    }

    [Theory]
    [InlineData("CircuitPipeline.MSBuild")]
    [InlineData("CircuitPipeline.Tool")]
    public void Every_assembly_of_others_is_named_with_its_package_and_no_other_is(string package) =>
        Assert.Equal(AssembliesInside(package).Order(StringComparer.Ordinal), NamedAssemblies(package));

    [Theory]
    [InlineData("CircuitPipeline.MSBuild")]
    [InlineData("CircuitPipeline.Tool")]
    public void Every_native_file_is_named(string package) =>
        Assert.All(
            PackageFile
                .Files(packages.PathOf(package))
                .Where(file => file.StartsWith($"{ToolFolder}runtimes/", StringComparison.Ordinal)),
            file =>
                Assert.Contains(
                    $"`{Path.GetFileName(file)}`",
                    Encoding.UTF8.GetString(PackageFile.Read(packages.PathOf(package), Notice))
                )
        );

    [Fact]
    public void Only_packages_with_the_notice_carry_assemblies_of_others()
    {
        string[] others =
        [
            .. Directory
                .GetFiles(packages.Feed, "*.nupkg")
                .Where(path => PackageFile.Files(path).Any(IsOfOthers))
                .Select(path => Path.GetFileName(path)),
        ];

        Assert.Equal(
            [
                $"CircuitPipeline.MSBuild.{PackedPackages.Version}.nupkg",
                $"CircuitPipeline.Tool.{PackedPackages.Version}.nupkg",
            ],
            others.Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void Every_licence_that_is_named_has_its_text_or_copyright_line()
    {
        string notice = File.ReadAllText(Path.Combine(RepositoryRoot.Path, Notice));
        string texts = notice[notice.IndexOf("## Texts", StringComparison.Ordinal)..];

        Assert.All(
            Row().Matches(notice),
            row => Assert.Contains(row.Groups["package"].Value.Split(' ')[0], texts, StringComparison.Ordinal)
        );
    }

    [Fact]
    public void The_scripts_of_the_page_are_named_in_the_version_that_is_there()
    {
        string notice = File.ReadAllText(Path.Combine(RepositoryRoot.Path, Notice));
        string texts = File.ReadAllText(Path.Combine(WebFolder, "LICENCES.txt"));
        using JsonDocument package = JsonDocument.Parse(File.ReadAllText(Path.Combine(WebFolder, "package.json")));
        string[] scripts =
        [
            .. package
                .RootElement.GetProperty("dependencies")
                .EnumerateObject()
                .Select(script => $"{script.Name} {script.Value.GetString()}"),
        ];

        Assert.Equal(Directory.GetFiles(WebFolder, "*.min.js").Length, scripts.Length);
        Assert.All(
            scripts,
            script =>
            {
                Assert.Contains(script, notice);
                Assert.Contains(script, texts);
            }
        );
    }

    // | `TorchSharp.dll` | TorchSharp 0.107.0 | MIT | …
    [GeneratedRegex(
        @"^\| `(?<file>[^`]+\.dll)` \| (?<package>\S+ \S+) \| (?<licence>\S+) \| https://",
        RegexOptions.Multiline
    )]
    private static partial Regex Row();

    private static bool IsOfOthers(string file) =>
        file.EndsWith(".dll", StringComparison.Ordinal)
        && !Path.GetFileName(file).StartsWith("CircuitPipeline.", StringComparison.Ordinal);

    private string[] AssembliesInside(string package)
    {
        string path = packages.PathOf(package);
        Dictionary<string, string> owners = Owners(
            PackageFile.Read(path, $"{ToolFolder}CircuitPipeline.Tool.deps.json")
        );
        return
        [
            .. PackageFile
                .Files(path)
                .Where(IsOfOthers)
                .Select(Path.GetFileName)
                .Select(file => $"{file} of {owners.GetValueOrDefault(file!, "no package")}"),
        ];
    }

    private IEnumerable<string> NamedAssemblies(string package) =>
        Row()
            .Matches(Encoding.UTF8.GetString(PackageFile.Read(packages.PathOf(package), Notice)))
            .Select(row => $"{row.Groups["file"].Value} of {row.Groups["package"].Value}")
            .Order(StringComparer.Ordinal);

    // Which package each assembly is of, by the program's list of what it needs.
    private static Dictionary<string, string> Owners(byte[] dependencies)
    {
        using JsonDocument document = JsonDocument.Parse(dependencies);
        return document
            .RootElement.GetProperty("targets")
            .EnumerateObject()
            .SelectMany(target => target.Value.EnumerateObject())
            .Where(library => library.Value.TryGetProperty("runtime", out _))
            .SelectMany(library =>
                library
                    .Value.GetProperty("runtime")
                    .EnumerateObject()
                    .Select(file => (File: Path.GetFileName(file.Name), Package: library.Name.Replace('/', ' ')))
            )
            .ToDictionary(row => row.File, row => row.Package);
    }
}
