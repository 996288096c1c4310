using Xunit;

namespace CircuitPipeline.Testing;

/// <summary>A test that needs the device that is always full, which Linux has.</summary>
public sealed class FullDiskFactAttribute : FactAttribute
{
    public const string Device = "/dev/full";

    public FullDiskFactAttribute() => Skip = Reason;

    public static string? Reason => File.Exists(Device) ? null : $"This system has no '{Device}'.";
}

/// <summary>The same for a test with data rows.</summary>
public sealed class FullDiskTheoryAttribute : TheoryAttribute
{
    public FullDiskTheoryAttribute() => Skip = FullDiskFactAttribute.Reason;
}
