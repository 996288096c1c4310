namespace CircuitPipeline.Tool;

/// <summary>One thing that the doctor looked at.</summary>
/// <param name="Name">What.</param>
/// <param name="Ok">Whether it is as it must be.</param>
/// <param name="Found">What was found.</param>
/// <param name="Advice">What to do; null where nothing is to be done.</param>
internal sealed record Finding(string Name, bool Ok, string Found, string? Advice = null)
{
    public override string ToString() =>
        $"{(Ok ? "ok  " : "FAIL")} {Name}: {Found}{(Advice is null ? "" : $"; {Advice}")}";
}
