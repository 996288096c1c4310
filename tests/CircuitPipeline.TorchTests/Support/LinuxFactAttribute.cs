using Xunit;

namespace CircuitPipeline.TorchTests;

/// <summary>A test of what is done on Linux alone; skipped, visibly, elsewhere.</summary>
public sealed class LinuxFactAttribute : FactAttribute
{
    public LinuxFactAttribute() => Skip = OperatingSystem.IsLinux() ? null : "Only Linux has ELF files.";
}

/// <summary>The same with several inputs.</summary>
public sealed class LinuxTheoryAttribute : TheoryAttribute
{
    public LinuxTheoryAttribute() => Skip = OperatingSystem.IsLinux() ? null : "Only Linux has ELF files.";
}
