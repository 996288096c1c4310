namespace CircuitPipeline.BuildHost;

/// <summary>Which projects become packages on a supply.</summary>
/// <param name="Projects">Those that do.</param>
/// <param name="LeftOut">One sentence on the others, or null when there are none.</param>
public sealed record PackPlan(string[] Projects, string? LeftOut)
{
    /// <summary>A stand-in never becomes a package: the fronts carry it inside, but a library would have to depend on it.</summary>
    public static PackPlan For(string torchSharpSupply, string[] fronts, string[] libraries) =>
        torchSharpSupply == "system"
            ? new(
                fronts,
                $"Not packed: {string.Join(", ", libraries.Select(Paths.NameOf))}, because TorchSharp is a stand-in here and a library's package must depend on the original."
            )
            : new([.. fronts, .. libraries], LeftOut: null);
}
