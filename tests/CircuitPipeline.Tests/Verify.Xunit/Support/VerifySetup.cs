using System.Runtime.CompilerServices;
using CircuitPipeline.Testing;
using DiffEngine;
using EmptyFiles;
using VerifyTests;
using VerifyXunit;

namespace CircuitPipeline.Tests.VerifyXunitPackage;

/// <summary>What Verify is told before any test runs; files that end in 'percent' and the class DerivedPaths are made up to see what comes of it.</summary>
internal static class VerifySetup
{
    [ModuleInitializer]
    internal static void Initialize()
    {
        // A diff tool is for a developer's desk. DiffEngine knows many build servers by itself, but not one that only says CI.
        DiffRunner.Disabled |= Desk.IsUnattended;

        FileExtensions.AddTextExtension("percent");
        VerifierSettings.RegisterStringComparer("percent", Comparers.ToTheWholePercent);
        VerifierSettings.AddScrubber("percent", text => text.Replace("per cent", "%"));
        Verifier.DerivePathInfo(
            (sourceFile, projectDirectory, type, method) =>
                type == typeof(DerivedPaths)
                    ? new PathInfo(Path.Combine(projectDirectory, "Verify.Xunit", "Derived"), "Derived", "Name")
                    : PathInfo.DeriveDefault(sourceFile, projectDirectory, type, method)
        );
    }
}
