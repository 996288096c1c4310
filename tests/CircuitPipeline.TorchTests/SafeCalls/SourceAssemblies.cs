using System.Reflection;
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
            .Where(name => !name.EndsWith("Tests", StringComparison.Ordinal) && UsesTorchSharp(name))
            .Order(StringComparer.Ordinal),
    ];

    [Fact]
    public void Are_these() =>
        Assert.Equal(
            [
                "CircuitPipeline.Attribution",
                "CircuitPipeline.Experiments",
                "CircuitPipeline.Models",
                "CircuitPipeline.Tensors",
                "CircuitPipeline.Tool",
                "CircuitPipeline.Training",
            ],
            Names
        );

    /// <summary>Whoever touches TorchSharp first in an assembly must find the loader in place.</summary>
    [Fact]
    public void Install_the_loader_when_they_are_first_used() =>
        Assert.All(
            Names,
            name =>
                Assert.Contains(
                    "CircuitPipeline.Tensors.LibTorchLoader::Install()",
                    CompiledCode.Of(Path.Combine(AppContext.BaseDirectory, $"{name}.dll")).Calls[
                        "CircuitPipeline.Tensors.EngineInitializer::Initialize()"
                    ]
                )
        );

    private static bool UsesTorchSharp(string name) =>
        Assembly.Load(name).GetReferencedAssemblies().Any(reference => reference.Name == "TorchSharp");
}
