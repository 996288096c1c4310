using System.Runtime.InteropServices;
using System.Text;
using System.Xml.Linq;
using CircuitPipeline.BuildHost;
using CircuitPipeline.Tensors.Loading;
using CircuitPipeline.Testing;
using Xunit;

namespace CircuitPipeline.Tests.Packages;

/// <summary>What the packages of the libraries hold and say of themselves.</summary>
[Collection(PackagesCollection.Name)]
public sealed class LibraryPackages(PackedPackages packages)
{
    private static readonly Paths Repository = new(RepositoryRoot.Path);

    private static readonly string[] LibraryNames =
    [
        .. PackPlan
            .For(Repository.Libraries, BuildContext.HasVerify)
            .Projects.Select(project => Paths.NameOf(project)["CircuitPipeline.".Length..]),
    ];

    private static readonly string[] AllNames = [.. LibraryNames, "MSBuild", "Tool"];

    public static TheoryData<string> Libraries => [.. LibraryNames];

    public static TheoryData<string> All => [.. AllNames];

    [Fact]
    public void All_of_the_plan_are_packed_and_no_other() =>
        Assert.Equal(
            AllNames
                .Select(name => $"CircuitPipeline.{name}.{PackedPackages.Version}.nupkg")
                .Order(StringComparer.Ordinal),
            Directory.GetFiles(packages.Feed, "*.nupkg").Select(Path.GetFileName).Order(StringComparer.Ordinal)
        );

    [Theory]
    [MemberData(nameof(Libraries))]
    public void Hold_an_assembly_its_documentation_and_a_readme(string library)
    {
        string[] engine =
            library == "Tensors"
                ? ["buildTransitive/CircuitPipeline.Tensors.targets", "buildTransitive/EngineInitializer.cs"]
                : [];
        string[] notices = library == "Reporting" ? ["THIRD-PARTY-web.txt", "THIRD-PARTY.md"] : [];

        Assert.Equal(
            [
                $"CircuitPipeline.{library}.nuspec",
                "README.md",
                .. notices,
                .. engine,
                $"lib/net10.0/CircuitPipeline.{library}.dll",
                $"lib/net10.0/CircuitPipeline.{library}.xml",
            ],
            PackageFile.Files(PathOf(library))
        );
    }

    [Theory]
    [MemberData(nameof(Libraries))]
    public void Have_symbols_with_the_sources_in_them_and_no_folder_of_this_machine(string library)
    {
        string symbols = Path.ChangeExtension(PathOf(library), ".snupkg");

        string text = Encoding.Latin1.GetString(
            PackageFile.Read(symbols, $"lib/net10.0/CircuitPipeline.{library}.pdb")
        );

        // The id of embedded sources, as the format of portable symbols has it.
        byte[] embedded = new Guid("0e8a571b-6926-466e-b4ad-8ab04611f5fe").ToByteArray();
        Assert.Contains(Encoding.Latin1.GetString(embedded), text);
        if (PackedPackages.Configuration == "Release")
        {
            Assert.DoesNotContain(
                RepositoryRoot.Path,
                text
                    + Encoding.Latin1.GetString(
                        PackageFile.Read(PathOf(library), $"lib/net10.0/CircuitPipeline.{library}.dll")
                    )
            );
        }
    }

    [Theory]
    [MemberData(nameof(Libraries))]
    public void Say_nothing_of_the_build_in_their_assembly(string library)
    {
        byte[] assembly = PackageFile.Read(PathOf(library), $"lib/net10.0/CircuitPipeline.{library}.dll");

        Assert.False(AssemblyFile.Says(assembly, RepositoryRoot.Path));
        Assert.True(AssemblyFile.Says(assembly, $"CircuitPipeline.{library}"));
        Assert.DoesNotContain(
            AssemblyFile.Attributes(assembly),
            name => name.Contains("AssemblyMetadataAttribute Verify.") || name == "UseVerifyAttribute"
        );
        Assert.True(AssemblyFile.IsDeterministic(assembly));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Say_licence_readme_description_and_where_they_come_from(string package)
    {
        XElement One(string name) => Assert.Single(PackageFile.Elements(PathOf(package), name));

        Assert.Equal(("expression", "MIT"), ((string?)One("license").Attribute("type"), One("license").Value));
        Assert.Equal("README.md", One("readme").Value);
        Assert.DoesNotContain("A part of CircuitPipeline", One("description").Value);
        Assert.Equal("git", (string?)One("repository").Attribute("type"));
        Assert.StartsWith(
            $"# CircuitPipeline.{package}\n",
            Encoding.UTF8.GetString(PackageFile.Read(PathOf(package), "README.md"))
        );
    }

    [Theory]
    [MemberData(nameof(Libraries))]
    public void Depend_on_what_their_projects_refer_to(string library)
    {
        XElement project = XDocument
            .Load(
                Path.Combine(
                    RepositoryRoot.Path,
                    "src",
                    $"CircuitPipeline.{library}",
                    $"CircuitPipeline.{library}.csproj"
                )
            )
            .Root!;
        IEnumerable<string> References(string item) =>
            project
                .Descendants(item)
                .Select(reference =>
                    ((string)reference.Attribute("Include")!).Replace(
                        "$(LibTorchPlatform)",
                        RuntimeInformation.RuntimeIdentifier
                    )
                );

        Assert.Equal(
            References("ProjectReference")
                .Select(path => $"{Path.GetFileNameWithoutExtension(path)} {PackedPackages.Version}")
                // libtorch is one package per platform, or one with CUDA, and the user's to bring.
                .Concat(
                    References("PackageReference")
                        .Where(name => !name.StartsWith("libtorch-") && name != "TorchSharp-cuda-linux")
                        .Select(Pinned)
                )
                .Concat(References("CompatReference").Select(Pinned))
                .Order(StringComparer.Ordinal),
            PackageFile
                .Elements(PathOf(library), "dependency")
                .Select(element => $"{element.Attribute("id")!.Value} {element.Attribute("version")!.Value}")
                .Order(StringComparer.Ordinal)
        );
    }

    private static string Pinned(string package) =>
        package == "TorchSharp"
            ? $"TorchSharp [{LibTorchLoader.TorchSharpVersion}]"
            : $"{package} {PackageFile.CentralVersion(package)}";

    private string PathOf(string package) => packages.PathOf($"CircuitPipeline.{package}");
}
