using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Xunit;

namespace CircuitPipeline.Tests.Packages;

/// <summary>What the packages hold, and that they need no other.</summary>
[Collection(PackagesCollection.Name)]
public sealed class PackageContents(PackedPackages packages)
{
    private const string ToolFolder = "tools/net10.0/any/";

    [Fact]
    public void The_MSBuild_package_has_its_targets_its_task_and_the_tool() =>
        Assert.Equal(
            [
                "CircuitPipeline.MSBuild.nuspec",
                "build/CircuitPipeline.MSBuild.props",
                "build/CircuitPipeline.MSBuild.targets",
                "buildMultiTargeting/CircuitPipeline.MSBuild.props",
                "buildMultiTargeting/CircuitPipeline.MSBuild.targets",
                "tasks/net10.0/CircuitPipeline.MSBuild.dll",
                "tasks/net10.0/CircuitPipeline.MSBuild.xml",
                .. OwnFilesOfTheTool,
            ],
            Files("CircuitPipeline.MSBuild").Where(IsOwn)
        );

    [Fact]
    public void The_tools_package_has_the_tool() =>
        Assert.Equal(["CircuitPipeline.Tool.nuspec", .. OwnFilesOfTheTool], Files("CircuitPipeline.Tool").Where(IsOwn));

    [Fact]
    public void Both_carry_the_same_tool() =>
        Assert.Equal(
            Files("CircuitPipeline.Tool").Where(IsOfTool).Except([$"{ToolFolder}DotnetToolSettings.xml"]),
            Files("CircuitPipeline.MSBuild").Where(IsOfTool)
        );

    [Theory]
    [InlineData("CircuitPipeline.Tool")]
    [InlineData("CircuitPipeline.MSBuild")]
    public void The_engine_and_its_C_file_are_inside(string package)
    {
        string[] files = Files(package);

        Assert.Contains($"{ToolFolder}TorchSharp.dll", files);
        Assert.Contains($"{ToolFolder}YamlDotNet.dll", files);
        Assert.Contains("libtorch_boxed.cpp", Resources(package, $"{ToolFolder}LibTorch.dll"));
    }

    [Theory]
    [InlineData("CircuitPipeline.Tool")]
    [InlineData("CircuitPipeline.MSBuild")]
    public void Neither_depends_on_another_package(string package)
    {
        using ZipArchive zip = ZipFile.OpenRead(packages.PathOf(package));
        using var nuspec = new StreamReader(zip.GetEntry($"{package}.nuspec")!.Open());

        Assert.DoesNotContain("<dependency ", nuspec.ReadToEnd());
    }

    private static IEnumerable<string> OwnFilesOfTheTool =>
        new[]
        {
            "Attribution.dll",
            "Circuits.dll",
            "Experiments.dll",
            "Models.dll",
            "Planning.dll",
            "Prompts.dll",
            "Reporting.dll",
            "Store.dll",
            "Tool.deps.json",
            "Tool.dll",
            "Tool.runtimeconfig.json",
            "Training.dll",
        }.Select(name => $"{ToolFolder}CircuitPipeline.{name}");

    private static bool IsOfTool(string file) => file.StartsWith(ToolFolder, StringComparison.Ordinal);

    // Of the tool's folder only the house's own files: the others depend on the supply.
    private static bool IsOwn(string file) =>
        !file.EndsWith(".pdb", StringComparison.Ordinal)
        && (!IsOfTool(file) || file.StartsWith($"{ToolFolder}CircuitPipeline.", StringComparison.Ordinal));

    private string[] Files(string package)
    {
        using ZipArchive zip = ZipFile.OpenRead(packages.PathOf(package));
        return
        [
            .. zip
                .Entries.Select(entry => entry.FullName)
                .Where(name => !name.StartsWith("_rels/") && !name.StartsWith("package/") && name[0] != '[')
                .Order(StringComparer.Ordinal),
        ];
    }

    private string[] Resources(string package, string file)
    {
        using ZipArchive zip = ZipFile.OpenRead(packages.PathOf(package));
        using Stream stream = zip.GetEntry(file)!.Open();
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        copy.Position = 0;
        using var assembly = new PEReader(copy);
        MetadataReader reader = assembly.GetMetadataReader();
        return
        [
            .. reader.ManifestResources.Select(handle => reader.GetString(reader.GetManifestResource(handle).Name)),
        ];
    }
}
