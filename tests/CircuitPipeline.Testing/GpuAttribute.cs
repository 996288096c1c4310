using Xunit.Abstractions;
using Xunit.Sdk;

namespace CircuitPipeline.Testing;

/// <summary>A test that needs a CUDA device: <c>--target=TestGpu</c> runs it, <c>Test</c> and <c>TestAll</c> leave it out. The trait is Category=gpu.</summary>
[TraitDiscoverer("CircuitPipeline.Testing.GpuDiscoverer", "CircuitPipeline.Testing")]
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class)]
public sealed class GpuAttribute : Attribute, ITraitAttribute;

/// <summary>Tells xunit the trait of <see cref="GpuAttribute"/>.</summary>
public sealed class GpuDiscoverer : ITraitDiscoverer
{
    public const string Name = "Category";
    public const string Value = "gpu";

    public IEnumerable<KeyValuePair<string, string>> GetTraits(IAttributeInfo traitAttribute) => [new(Name, Value)];
}
