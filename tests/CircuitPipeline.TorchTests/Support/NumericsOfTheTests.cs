using System.Reflection;
using System.Runtime.CompilerServices;
using CircuitPipeline.Tensors.Reproducibility;

namespace CircuitPipeline.TorchTests;

/// <summary>The tests compute reproducibly, as studies do; what this assembly does as a process of its own chooses for itself.</summary>
internal static class NumericsOfTheTests
{
    [ModuleInitializer]
    internal static void Choose()
    {
        if (Assembly.GetEntryAssembly() != typeof(NumericsOfTheTests).Assembly)
        {
            ProcessNumerics.Fix(Numerics.Reproducible);
        }
    }
}
