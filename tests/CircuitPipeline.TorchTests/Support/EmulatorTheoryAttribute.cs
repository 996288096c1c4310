using Xunit;

namespace CircuitPipeline.TorchTests;

/// <summary>A test that starts programs under QEMU's emulation of other processors; skipped, visibly, where it is missing.</summary>
public sealed class EmulatorTheoryAttribute : TheoryAttribute
{
    internal const string Program = "qemu-x86_64";

    public EmulatorTheoryAttribute() =>
        Skip = Folders.Any(folder => File.Exists(Path.Combine(folder, Program)))
            ? null
            : $"'{Program}' is not installed; run 'sudo apt-get install qemu-user' to have it.";

    private static string[] Folders => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':');
}
