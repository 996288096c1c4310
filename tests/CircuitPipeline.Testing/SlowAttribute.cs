using Xunit.Abstractions;
using Xunit.Sdk;

namespace CircuitPipeline.Testing;

/// <summary>A test that takes long: <c>--target=Test</c> leaves it out, <c>--target=TestAll</c> runs it. The trait is Category=slow.</summary>
[TraitDiscoverer("CircuitPipeline.Testing.SlowDiscoverer", "CircuitPipeline.Testing")]
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class)]
public sealed class SlowAttribute : Attribute, ITraitAttribute;

/// <summary>Tells xunit the trait of <see cref="SlowAttribute"/>.</summary>
public sealed class SlowDiscoverer : ITraitDiscoverer
{
    public const string Name = "Category";
    public const string Value = "slow";

    public IEnumerable<KeyValuePair<string, string>> GetTraits(IAttributeInfo traitAttribute) => [new(Name, Value)];
}
