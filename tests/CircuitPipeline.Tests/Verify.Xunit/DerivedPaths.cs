using VerifyTests;
using Xunit;

namespace CircuitPipeline.Tests.VerifyXunitPackage;

using static VerifyXunit.Verifier;

/// <summary>Names that a project derives for itself (Verify's docs: naming, DerivePathInfo); <see cref="VerifySetup"/> does for this class.</summary>
public sealed class DerivedPaths
{
    [Fact]
    public async Task Are_used_for_the_files()
    {
        VerifyResult result = await Verify("the text in the derived folder");

        Assert.EndsWith("Verify.Xunit/Derived/Derived.Name.verified.txt", result.Files.Single().Replace('\\', '/'));
    }

    [Fact]
    public async Task Are_said_before_anything_is_verified()
    {
        await Verify("the text in the derived folder").DisableRequireUniquePrefix();

        Assert.ThrowsAny<Exception>(() => DerivePathInfo(PathInfo.DeriveDefault));
        Assert.ThrowsAny<Exception>(() => VerifierSettings.AddScrubber("txt", _ => { }));
    }
}
