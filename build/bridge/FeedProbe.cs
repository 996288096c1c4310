#nullable enable
using System.Diagnostics;
using System.Xml.Linq;

/// <summary>Asks the package feed for packages by one restore of small projects that reference one of them each.</summary>
/// <remarks>One project per package, because what is missing may be something that the package itself depends on.</remarks>
internal sealed class FeedProbe(string root, TimeSpan patience)
{
    /// <summary>For libtorch with CUDA, which is downloaded by asking; a feed that is down says so long before.</summary>
    public static readonly TimeSpan PatienceForCuda = TimeSpan.FromHours(1);

    // A feed that is down must not hold up the build for NuGet's own ten minutes of retries.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string _folder = System.IO.Path.Combine(root, "tools", "probe");

    public FeedProbe(string root)
        : this(root, Patience) { }

    /// <summary>What restores.</summary>
    public string Program { get; init; } = "dotnet";

    /// <summary>The feed's answers in the order of the packages; a package that it has is downloaded by asking.</summary>
    public FeedAnswer[] Ask(string[] packages)
    {
        foreach (string package in packages)
        {
            string project = ProjectOf(package);
            System.IO.Directory.CreateDirectory(System.IO.Path.GetDirectoryName(project)!);
            System.IO.File.WriteAllText(project, Project(package, Version(package)));
            if (System.IO.File.Exists(RestoredOf(package)))
            {
                System.IO.File.Delete(RestoredOf(package));
            }
        }

        string solution = System.IO.Path.Combine(_folder, "probe.slnx");
        System.IO.File.WriteAllText(
            solution,
            new XElement(
                "Solution",
                packages.Select(package => new XElement("Project", new XAttribute("Path", ProjectOf(package))))
            ).ToString()
        );
        return Restore(solution) is not (int exitCode, string output)
                ? [.. packages.Select(_ => FeedAnswer.Unreachable($"no answer within {patience.TotalSeconds} s"))]
            // A restore that is told to end (SIGTERM) ends with 0 and has restored nothing.
            : exitCode == 0 && !packages.All(package => System.IO.File.Exists(RestoredOf(package)))
                ? [.. packages.Select(_ => FeedAnswer.Unreachable("'dotnet restore' was stopped"))]
            : [.. packages.Select(package => FeedAnswer.Of(package, Version(package), exitCode, output))];
    }

    /// <summary>The name of the project that asks for a package; not the package's own, which would be a cycle for NuGet.</summary>
    public static string ProjectName(string package) => $"probe-{package}.csproj";

    /// <summary>Runs <c>dotnet restore</c>; null when it took too long.</summary>
    private (int ExitCode, string Output)? Restore(string solution)
    {
        using Process restore = new();
        restore.StartInfo = new(Program, ["restore", solution, "--verbosity", "quiet", "-nodeReuse:false"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        restore.StartInfo.Environment["NUGET_ENHANCED_MAX_NETWORK_TRY_COUNT"] = "2";
        restore.Start();
        Task<string> output = restore.StandardOutput.ReadToEndAsync();
        Task<string> error = restore.StandardError.ReadToEndAsync();
        if (!restore.WaitForExit(patience))
        {
            restore.Kill(entireProcessTree: true);
            return null;
        }

        return (restore.ExitCode, output.Result + error.Result);
    }

    private string ProjectOf(string package) => System.IO.Path.Combine(_folder, package, ProjectName(package));

    /// <summary>What NuGet writes when it has restored a project.</summary>
    private string RestoredOf(string package) => System.IO.Path.Combine(_folder, package, "obj", "project.assets.json");

    /// <summary>The exact version that Directory.Packages.props names.</summary>
    private string Version(string package)
    {
        XElement packages = XDocument.Load(System.IO.Path.Combine(root, "Directory.Packages.props")).Root!;
        string version = packages
            .Descendants("PackageVersion")
            .First(item => (string?)item.Attribute("Include") == package)
            .Attribute("Version")!
            .Value;
        string[] named = ["CakeVersion", "TorchSharpVersion"];
        return named.Aggregate(
            version.Trim('[', ']'),
            (text, name) => text.Replace($"$({name})", packages.Descendants(name).Single().Value)
        );
    }

    // The imports are written out so that the repository's own props do not apply to the probe; a NuGet.config does.
    private static string Project(string package, string version) =>
        $"""
            <Project>
              <PropertyGroup>
                <ImportDirectoryBuildProps>false</ImportDirectoryBuildProps>
                <ImportDirectoryBuildTargets>false</ImportDirectoryBuildTargets>
                <ImportDirectoryPackagesProps>false</ImportDirectoryPackagesProps>
              </PropertyGroup>
              <Import Project="Sdk.props" Sdk="Microsoft.NET.Sdk" />
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <NuGetAudit>false</NuGetAudit>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="{package}" Version="[{version}]" />
              </ItemGroup>
              <Import Project="Sdk.targets" Sdk="Microsoft.NET.Sdk" />
            </Project>
            """;
}
