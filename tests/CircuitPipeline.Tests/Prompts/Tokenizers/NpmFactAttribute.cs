using System.ComponentModel;
using CircuitPipeline.Tests.Packages;
using Xunit;

namespace CircuitPipeline.Tests.Prompts.Tokenizers;

/// <summary>A test that needs files of npm; shown as skipped, with how to have them, where npm does not find them.</summary>
public sealed class NpmFactAttribute : FactAttribute
{
    public NpmFactAttribute() => Skip = Npm.Lack;
}

/// <summary>The same for a test with data rows.</summary>
public sealed class NpmTheoryAttribute : TheoryAttribute
{
    public NpmTheoryAttribute() => Skip = Npm.Lack;
}

internal static class Npm
{
    private const string Package = "gpt-3-encoder@1.1.4";

    internal static string? Lack { get; } =
        IsFound() ? null : $"npm does not find '{Package}' here; node, npm and a registry bring it.";

    private static bool IsFound()
    {
        try
        {
            return Started
                    .Now(
                        Path.GetTempPath(),
                        [],
                        "npm",
                        ["view", "--prefer-offline", "--fetch-retries=0", Package, "version"]
                    )
                    .End(TimeSpan.FromSeconds(20))
                    .ExitCode == 0;
        }
        catch (Exception cause) when (cause is Win32Exception or TimeoutException)
        {
            return false;
        }
    }
}
