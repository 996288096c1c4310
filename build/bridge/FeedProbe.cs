#nullable enable
using System.Diagnostics;
using System.Xml.Linq;

/// <summary>Asks the package feed for a package by restoring a project that references nothing else.</summary>
internal sealed class FeedProbe(string root)
{
    // A feed that is down must not hold up the build for NuGet's own ten minutes of retries.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public FeedAnswer Ask(string package)
    {
        string version = Version(package);
        string folder = System.IO.Path.Combine(root, "tools", "probe", package);
        System.IO.Directory.CreateDirectory(folder);
        string project = System.IO.Path.Combine(folder, "probe.csproj");
        System.IO.File.WriteAllText(project, Project(package, version));

        using var restore = new Process();
        restore.StartInfo = new("dotnet", ["restore", project, "--verbosity", "quiet", "-nodeReuse:false"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        restore.StartInfo.Environment["NUGET_ENHANCED_MAX_NETWORK_TRY_COUNT"] = "2";
        restore.Start();
        Task<string> output = restore.StandardOutput.ReadToEndAsync();
        Task<string> error = restore.StandardError.ReadToEndAsync();
        if (!restore.WaitForExit(IsLarge(package) ? System.Threading.Timeout.InfiniteTimeSpan : Patience))
        {
            restore.Kill(entireProcessTree: true);
            return FeedAnswer.Unreachable($"no answer within {Patience.TotalSeconds} s");
        }

        return FeedAnswer.Of(package, version, restore.ExitCode, output.Result + error.Result);
    }

    private static bool IsLarge(string package) => package.StartsWith("TorchSharp-", StringComparison.Ordinal);

    /// <summary>The exact version that Directory.Packages.props names; the managed TorchSharp has the version of its CPU bundle.</summary>
    private string Version(string package)
    {
        string name = package == "TorchSharp" ? "TorchSharp-cpu" : package;
        XElement packages = XDocument.Load(System.IO.Path.Combine(root, "Directory.Packages.props")).Root!;
        string version = packages
            .Descendants("PackageVersion")
            .First(item => (string?)item.Attribute("Include") == name)
            .Attribute("Version")!
            .Value;
        string cake = packages.Descendants("CakeVersion").Single().Value;
        return version.Trim('[', ']').Replace("$(CakeVersion)", cake);
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
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="{package}" Version="[{version}]" />
              </ItemGroup>
              <Import Project="Sdk.targets" Sdk="Microsoft.NET.Sdk" />
            </Project>
            """;
}
