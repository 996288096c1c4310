using CircuitPipeline.Testing;

namespace CircuitPipeline.Tests.Packages;

/// <summary>A new project outside the repository that has the package, an experiment, and nothing else.</summary>
public sealed class FreshProject : IDisposable
{
    private const string TargetFramework = "<TargetFramework>net10.0</TargetFramework>";
    private readonly PackedPackages _packages;
    private bool _isRestored;

    public FreshProject(PackedPackages packages)
    {
        _packages = packages;
        Root = Directory.CreateDirectory(Path.Combine(packages.Root, $"a study {Guid.NewGuid():N}")).FullName;
        Directory.CreateDirectory(PathOf("experiments"));
        File.Copy(Path.Combine(RepositoryRoot.Path, "experiments", "tiny.yaml"), Yaml);
        Write("""<Experiment Include="experiments/tiny.yaml" />""");
    }

    public string Root { get; }

    public string Yaml => PathOf("experiments/tiny.yaml");

    public string PathOf(string name) => Path.Combine(Root, name);

    /// <summary>Writes the project with these items.</summary>
    public void Write(string items, string frameworks = TargetFramework) =>
        File.WriteAllText(PathOf("study.csproj"), Xml(items, frameworks));

    /// <summary>Gives the project's file a later time.</summary>
    public void Touch() => File.SetLastWriteTimeUtc(PathOf("study.csproj"), DateTime.UtcNow.AddDays(1));

    /// <summary>The text of a project that has the package and these items.</summary>
    public static string Xml(string items, string frameworks = TargetFramework) =>
        $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                {frameworks}
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="CircuitPipeline.MSBuild" Version="{PackedPackages.Version}" PrivateAssets="all" />
                {items}
              </ItemGroup>
            </Project>
            """;

    /// <summary>Takes over what restoring another project of the same package gave, which saves half of a build's time.</summary>
    public FreshProject RestoredAs(FreshProject other)
    {
        Directory.CreateDirectory(PathOf("obj"));
        foreach (string file in Directory.GetFiles(other.PathOf("obj")))
        {
            File.Copy(file, Path.Combine(PathOf("obj"), Path.GetFileName(file)));
        }

        _isRestored = true;
        return this;
    }

    /// <summary>A build whose log also has the command lines of what it starts.</summary>
    public Ended Build(params string[] arguments) => Start([.. arguments, "-v:detailed"]).End();

    public Started Start(params string[] arguments) =>
        _packages.Start(
            Root,
            "dotnet",
            ["build", "-tl:off", .. (string[])(_isRestored ? ["--no-restore"] : []), .. arguments]
        );

    public Ended Clean() => _packages.Start(Root, "dotnet", "clean").End();

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
