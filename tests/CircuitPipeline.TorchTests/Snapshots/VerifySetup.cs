using System.Runtime.CompilerServices;
using CircuitPipeline.Testing;
using DiffEngine;

namespace CircuitPipeline.TorchTests.Snapshots;

internal static class VerifySetup
{
    // A diff tool is for a developer's desk. DiffEngine knows many build servers by itself, but not one that only says CI.
    [ModuleInitializer]
    internal static void Initialize() => DiffRunner.Disabled |= Desk.IsUnattended;
}
