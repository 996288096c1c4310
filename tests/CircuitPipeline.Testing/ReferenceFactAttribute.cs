using Xunit;

namespace CircuitPipeline.Testing;

/// <summary>A test against the reference folder; shown as skipped, with the reason, where the folder is missing.</summary>
public sealed class ReferenceFactAttribute : FactAttribute
{
    public ReferenceFactAttribute() => Skip = ReferenceSkip.Reason;
}

/// <summary>The same for a test with data rows.</summary>
public sealed class ReferenceTheoryAttribute : TheoryAttribute
{
    public ReferenceTheoryAttribute() => Skip = ReferenceSkip.Reason;
}

internal static class ReferenceSkip
{
    public static string? Reason =>
        ReferenceFolder.Exists
            ? null
            : $"The reference folder is not at '{ReferenceFolder.Path}'; set {ReferenceFolder.Variable} to where it is.";
}
