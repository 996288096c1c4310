using System.IO.Compression;
using CircuitPipeline.Testing;
using Xunit;

namespace CircuitPipeline.Tests.Packages;

/// <summary>
/// CircuitPipeline.Verify packed over a package that does what the original Verify.Xunit does to whoever references it: its build files write
/// folders into the assembly and make every build another one.
/// </summary>
public sealed class PackageOverTheOriginal : IDisposable
{
    // What its targets are called is the original's; what they write is enough to be seen in an assembly.
    private const string BuildFile = """
        <Project>
          <PropertyGroup>
            <Deterministic>false</Deterministic>
          </PropertyGroup>
          <Target Name="WriteVerifyAttributes" BeforeTargets="BeforeCompile;CoreCompile">
            <PropertyGroup>
              <FoldersFile>$(IntermediateOutputPath)Folders.cs</FoldersFile>
            </PropertyGroup>
            <ItemGroup>
              <Folders Include="System.Reflection.AssemblyMetadata">
                <_Parameter1>Verify.ProjectDirectory</_Parameter1>
                <_Parameter2>$(ProjectDir)</_Parameter2>
              </Folders>
              <Compile Remove="$(FoldersFile)" />
            </ItemGroup>
            <WriteCodeFragment AssemblyAttributes="@(Folders)" Language="C#" OutputFile="$(FoldersFile)">
              <Output TaskParameter="OutputFile" ItemName="Compile" />
            </WriteCodeFragment>
          </Target>
        </Project>
        """;

    private const string Project = "src/CircuitPipeline.Verify/CircuitPipeline.Verify.csproj";
    private readonly string _folder = Directory.CreateTempSubdirectory("over the original ").FullName;

    private string Copy => Path.Combine(_folder, "sources");

    private string Feed => Path.Combine(_folder, "feed");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Slow]
    [Fact]
    public void Has_no_folder_of_the_build_in_its_assembly_and_is_the_same_at_every_build()
    {
        CopySources();
        WritePackage();

        byte[] assembly = Pack();

        Assert.False(AssemblyFile.Says(assembly, _folder));
        Assert.DoesNotContain(AssemblyFile.Attributes(assembly), name => name.Contains("Verify"));
        Assert.True(AssemblyFile.IsDeterministic(assembly));
    }

    private byte[] Pack()
    {
        Dictionary<string, string> variables = PackedPackages.Variables(Path.Combine(_folder, "cache"));
        variables["CI"] = "";
        Ended pack = Started
            .Now(
                Copy,
                variables,
                "dotnet",
                ["pack", Project, "--configuration", "Release", "--output", Feed, "--verbosity", "quiet", "-m:1"]
            )
            .End(TimeSpan.FromMinutes(10));
        Assert.True(pack.ExitCode == 0, pack.Output);
        return PackageFile.Read(
            Path.Combine(Feed, $"CircuitPipeline.Verify.{PackedPackages.Version}.nupkg"),
            "lib/net10.0/CircuitPipeline.Verify.dll"
        );
    }

    private void CopySources()
    {
        foreach (string file in Directory.GetFiles(RepositoryRoot.Path, "Directory.*"))
        {
            CopyOne(file);
        }

        string[] folders =
        [
            "src/CircuitPipeline.Circuits",
            "src/CircuitPipeline.Planning",
            "src/CircuitPipeline.Verify",
            "compat/Cake.Frosting",
            "compat/Verify.Xunit",
        ];
        IEnumerable<string> files = folders.SelectMany(folder =>
            Directory.GetFiles(Path.Combine(RepositoryRoot.Path, folder), "*", SearchOption.AllDirectories)
        );
        foreach (string file in files.Concat(Directory.GetFiles(Path.Combine(RepositoryRoot.Path, "src"))))
        {
            CopyOne(file);
        }

        File.WriteAllText(
            Path.Combine(Copy, "supply.props"),
            "<Project><PropertyGroup><VerifySupply>nuget</VerifySupply></PropertyGroup></Project>"
        );
        File.WriteAllText(
            Path.Combine(Copy, "nuget.config"),
            $"""<configuration><packageSources><clear /><add key="local" value="{Feed}" /></packageSources></configuration>"""
        );
    }

    private void CopyOne(string file)
    {
        string relative = Path.GetRelativePath(RepositoryRoot.Path, file);
        if (relative.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"))
        {
            return;
        }

        string copy = Path.Combine(Copy, relative);
        Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
        File.Copy(file, copy);
    }

    /// <summary>A package of the original's name and version, with the assemblies that these tests run with.</summary>
    private void WritePackage()
    {
        Directory.CreateDirectory(Feed);
        string version = PackageFile.CentralVersion("Verify.Xunit").Trim('[', ']');
        using ZipArchive zip = ZipFile.Open(Path.Combine(Feed, $"Verify.Xunit.{version}.nupkg"), ZipArchiveMode.Create);
        Write(
            zip,
            "Verify.Xunit.nuspec",
            $"""
            <package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd">
              <metadata>
                <id>Verify.Xunit</id>
                <version>{version}</version>
                <authors>test</authors>
                <description>test</description>
              </metadata>
            </package>
            """
        );
        foreach (string file in Directory.GetFiles(AppContext.BaseDirectory, "Verify*.dll"))
        {
            zip.CreateEntryFromFile(file, $"lib/net10.0/{Path.GetFileName(file)}");
        }

        foreach (string folder in (string[])["build", "buildTransitive"])
        {
            Write(zip, $"{folder}/Verify.Xunit.props", BuildFile);
        }
    }

    private static void Write(ZipArchive zip, string name, string text)
    {
        using StreamWriter writer = new(zip.CreateEntry(name).Open());
        writer.Write(text);
    }
}
