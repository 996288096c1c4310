using Xunit;

namespace CircuitPipeline.Tests.Packages;

/// <summary>What the packages hold, and which others they need.</summary>
[Collection(PackagesCollection.Name)]
public sealed class PackageContents(PackedPackages packages)
{
    private const string ToolFolder = "tools/net10.0/any/";

    private static IEnumerable<string> OwnFilesOfTheTool =>
        new[]
        {
            "Attribution.dll",
            "Circuits.dll",
            "Hub.dll",
            "Models.dll",
            "Pipeline.dll",
            "Planning.dll",
            "Prompts.dll",
            "Reporting.dll",
            "Study.dll",
            "Tensors.dll",
            "Text.dll",
            "Tool.deps.json",
            "Tool.dll",
            "Tool.runtimeconfig.json",
            "Training.dll",
        }.Select(name => $"{ToolFolder}CircuitPipeline.{name}");

    [Fact]
    public void The_MSBuild_package_has_its_targets_its_task_and_the_tool() =>
        Assert.Equal(
            [
                "CircuitPipeline.MSBuild.nuspec",
                "README.md",
                "THIRD-PARTY-web.txt",
                "THIRD-PARTY.md",
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
        Assert.Equal(
            ["CircuitPipeline.Tool.nuspec", "README.md", "THIRD-PARTY-web.txt", "THIRD-PARTY.md", .. OwnFilesOfTheTool],
            Files("CircuitPipeline.Tool").Where(IsOwn)
        );

    [Fact]
    public void Both_carry_the_same_tool() =>
        Assert.Equal(
            Files("CircuitPipeline.Tool").Where(IsOfTool).Except([$"{ToolFolder}DotnetToolSettings.xml"]),
            Files("CircuitPipeline.MSBuild").Where(IsOfTool)
        );

    [Theory]
    [InlineData("CircuitPipeline.Tool")]
    [InlineData("CircuitPipeline.MSBuild")]
    public void The_managed_engine_is_inside(string package)
    {
        string[] files = Files(package);

        Assert.Contains($"{ToolFolder}TorchSharp.dll", files);
        Assert.Contains($"{ToolFolder}CircuitPipeline.Tensors.dll", files);
        Assert.Contains($"{ToolFolder}YamlDotNet.dll", files);
    }

    [Theory]
    [InlineData("CircuitPipeline.Tool")]
    [InlineData("CircuitPipeline.MSBuild")]
    public void Nothing_native_is_inside_but_the_tokenizers_engine_nor_a_folder_of_this_machine(string package)
    {
        string[] natives = [".so", ".dylib", ".lib", ".a", ".cpp"];
        string[] names = [.. Files(package).Where(file => !IsEngineOfTokenizers(file)).Select(Path.GetFileName)!];

        Assert.DoesNotContain(names, name => natives.Any(ending => name.Contains(ending)));
        Assert.DoesNotContain(names, name => name.StartsWith("torch_") || name.Contains("LibTorch"));
        Assert.DoesNotContain("package-folders.txt", names);
    }

    // Four megabytes for the platform that packs; a tool that could not read texts would be none.
    [Theory]
    [InlineData("CircuitPipeline.Tool")]
    [InlineData("CircuitPipeline.MSBuild")]
    public void The_tokenizers_engine_is_inside_once(string package) =>
        Assert.Single(Files(package), IsEngineOfTokenizers);

    [Theory]
    [InlineData("CircuitPipeline.Tool")]
    [InlineData("CircuitPipeline.MSBuild")]
    public void Each_is_under_40_MB(string package) =>
        Assert.InRange(new FileInfo(packages.PathOf(package)).Length, 1, 40_000_000);

    [Theory]
    [InlineData("CircuitPipeline.Tool")]
    [InlineData("CircuitPipeline.MSBuild")]
    public void Neither_depends_on_another_package(string package) => Assert.Empty(Dependencies(package));

    private static bool IsEngineOfTokenizers(string file) =>
        file.StartsWith($"{ToolFolder}runtimes/", StringComparison.Ordinal)
        && Path.GetFileNameWithoutExtension(file) is "libhf_tokenizers" or "hf_tokenizers";

    private static bool IsOfTool(string file) => file.StartsWith(ToolFolder, StringComparison.Ordinal);

    // Of the tool's folder only the house's own files: the others depend on the supply.
    private static bool IsOwn(string file) =>
        !file.EndsWith(".pdb", StringComparison.Ordinal)
        && (!IsOfTool(file) || file.StartsWith($"{ToolFolder}CircuitPipeline.", StringComparison.Ordinal));

    private string[] Dependencies(string package) =>
        [
            .. PackageFile
                .Elements(packages.PathOf(package), "dependency")
                .Select(element => (string)element.Attribute("id")!),
        ];

    private string[] Files(string package) => PackageFile.Files(packages.PathOf(package));
}
