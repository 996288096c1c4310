namespace CircuitPipeline.BuildHost;

/// <summary>Which projects become packages.</summary>
/// <param name="Projects">Those that do.</param>
/// <param name="LeftOut">One sentence on the others, or null when there are none.</param>
public sealed record PackPlan(string[] Projects, string? LeftOut)
{
    private const string ForTests = "CircuitPipeline.Verify";

    /// <summary>A stand-in never becomes a package, and a library that needs one would have to depend on the original.</summary>
    /// <param name="projects">All projects of the house.</param>
    /// <param name="hasVerify">Whether the original Verify.Xunit is used.</param>
    public static PackPlan For(string[] projects, bool hasVerify) =>
        hasVerify
            ? new(projects, null)
            : new(
                [.. projects.Where(project => Paths.NameOf(project) != ForTests)],
                $"Not packed: {ForTests}, because Verify.Xunit is a stand-in here and a library's package must depend on the original."
            );
}
