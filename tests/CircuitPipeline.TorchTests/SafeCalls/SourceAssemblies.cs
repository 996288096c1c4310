using System.Reflection;
using CircuitPipeline.Testing;
using Xunit;

namespace CircuitPipeline.TorchTests.SafeCalls;

/// <summary>The assemblies of src/ that use TorchSharp.</summary>
public sealed class SourceAssemblies
{
    internal static string[] Names { get; } =
    [
        .. Directory
            .GetFiles(AppContext.BaseDirectory, "CircuitPipeline.*.dll")
            .Select(path => Path.GetFileNameWithoutExtension(path)!)
            .Where(name => !IsOfTests(name) && UsesTorchSharp(name))
            .Order(StringComparer.Ordinal),
    ];

    [Fact]
    public void Are_these() =>
        Assert.Equal(
            [
                "CircuitPipeline.Attribution",
                "CircuitPipeline.Models",
                "CircuitPipeline.Study",
                "CircuitPipeline.Tensors",
                "CircuitPipeline.Tool",
                "CircuitPipeline.Training",
            ],
            Names
        );

    /// <summary>None is missing here because these tests do not refer to it.</summary>
    [Fact]
    public void Are_all_of_src_that_are_built_to_use_it() =>
        Assert.Equal(
            Names,
            Directory
                .GetFiles(Path.Combine(RepositoryRoot.Path, "src"), "*.csproj", SearchOption.AllDirectories)
                .Where(project => File.ReadAllText(project).Contains("<UsesTorchSharp>true", StringComparison.Ordinal))
                .Select(Path.GetFileNameWithoutExtension)
                .Order(StringComparer.Ordinal)
        );

    /// <summary>Whoever touches TorchSharp first in an assembly must find the loader in place.</summary>
    [Fact]
    public void Install_the_loader_when_they_are_first_used() =>
        Assert.All(
            Names,
            name =>
                Assert.Contains(
                    "CircuitPipeline.Tensors.Loading.LibTorchLoader::Install()",
                    CompiledCode.Of(Path.Combine(AppContext.BaseDirectory, $"{name}.dll")).Calls[
                        "CircuitPipeline.Tensors.Loading.EngineInitializer::Initialize()"
                    ]
                )
        );

    private static bool IsOfTests(string name) =>
        name.EndsWith("Tests", StringComparison.Ordinal) || name == "CircuitPipeline.References";

    private static bool UsesTorchSharp(string name) =>
        Assembly.Load(name).GetReferencedAssemblies().Any(reference => reference.Name == "TorchSharp");
}
