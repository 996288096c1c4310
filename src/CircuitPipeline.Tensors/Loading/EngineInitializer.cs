using System.Runtime.CompilerServices;

namespace CircuitPipeline.Tensors.Loading;

/// <summary>Compiled into every assembly that touches TorchSharp, so that the loader stands before its first use there.</summary>
internal static class EngineInitializer
{
    // A library's initializer runs when the library is first used, which is what is wanted here.
#pragma warning disable CA2255
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Initialize() => LibTorchLoader.Install();
}
