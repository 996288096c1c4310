using System.Runtime.CompilerServices;
using CircuitPipeline.Testing;
using DiffEngine;

namespace CircuitPipeline.TorchTests.Snapshots;

internal static class VerifySetup
{
    // A diff tool is for a developer's desk; on a build server DiffEngine stays away by itself.
    [ModuleInitializer]
    internal static void Initialize() => DiffRunner.Disabled |= Desk.IsHeadless;
}
