namespace CircuitPipeline.BuildHost;

/// <summary>Which projects become packages beside which stand-ins.</summary>
/// <param name="Projects">Those that do.</param>
/// <param name="LeftOut">One sentence on the others, or null when there are none.</param>
public sealed record PackPlan(string[] Projects, string? LeftOut)
{
    public const string TorchSharp = "TorchSharp";
    public const string VerifyXunit = "Verify.Xunit";

    /// <summary>A stand-in never becomes a package: the fronts carry it inside, but a library would have to depend on it.</summary>
    public static PackPlan For(string[] standIns, string[] fronts, string[] libraries)
    {
        // Without the first there is no training and no attribution, and half a house is none.
        (string package, string[] leftOut) =
            standIns.Contains(TorchSharp) ? (TorchSharp, libraries)
            : standIns.Contains(VerifyXunit) ? (VerifyXunit, [.. libraries.Where(IsForTests)])
            : ("", []);
        string names = string.Join(", ", leftOut.Select(Paths.NameOf));
        return new(
            [.. fronts, .. libraries.Except(leftOut)],
            leftOut.Length == 0
                ? null
                : $"Not packed: {names}, because {package} is a stand-in here and a library's package must depend on the original."
        );
    }

    private static bool IsForTests(string library) => Paths.NameOf(library) == "CircuitPipeline.Verify";
}
