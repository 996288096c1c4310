using System.Collections.Immutable;
using CircuitPipeline.Attribution;
using CircuitPipeline.Pipeline.Errors;
using CircuitPipeline.Pipeline.Stages;
using CircuitPipeline.Tensors.Calls;
using CircuitPipeline.Tensors.Loading;
using CircuitPipeline.Tensors.Reproducibility;
using TorchSharp;

namespace CircuitPipeline.Study.Engine;

/// <summary>TorchSharp as the study's engine; libtorch is loaded when it is first asked.</summary>
internal sealed class TorchEngine : IEngine
{
    private static string BindingName =>
        typeof(torch).Assembly.GetName() is var name ? $"{name.Name} {name.Version}" : "";

    /// <inheritdoc/>
    public EngineFacts Describe(EngineSettings settings)
    {
        try
        {
            Numerics numerics = EnumNames.Parse<Numerics>(settings.Numerics);
            ProcessNumerics.Fix(numerics);
            LibTorchLoader.Load();
            MustHaveDevice(settings.Device);
            if (numerics == Numerics.Reproducible && settings.Device == Devices.Cuda)
            {
                DeterministicOperators.Check(settings.Device);
            }

            if (numerics == Numerics.Reproducible && settings.Device == Devices.Cpu)
            {
                MustHaveReproducibleLibraries(LibTorchBuild.OfThisProcess);
            }
        }
        catch (NumericsException problem)
        {
            throw new InvalidExperimentException(problem.Message);
        }

        LibTorchBuild build = LibTorchBuild.OfThisProcess;
        IReadOnlyDictionary<string, string> card = settings.Device == Devices.Cuda ? GraphicsCard.FactsOfFirst() : [];
        return new EngineFacts(
            $"libtorch {build.VersionText}, "
                + (
                    settings.Device == Devices.Cuda
                        ? $"{build.CudaLibraries}, {card.GetValueOrDefault("gpu", "a card of unknown name")}"
                        : build.CpuLibraries
                ),
            ImmutableSortedDictionary<string, string>.Empty.Add("torchsharp", BindingName).AddRange(card)
        )
        {
            Warning = build.Warning,
        };
    }

    /// <inheritdoc/>
    public void Prepare(EngineSettings settings) => GuardedCalls.UseThreads(settings.Threads);

    // What else multiplies, as OpenBLAS in some builds of PyTorch, chooses its kernels by the processor and cannot be told.
    internal static void MustHaveReproducibleLibraries(LibTorchBuild build)
    {
        if (build.Mkl is null || build.OneDnn is null)
        {
            throw new NumericsException(
                $"Reproducible numerics need a libtorch with MKL and oneDNN, but this one ({build.VersionText}) has {build.CpuLibraries}; "
                    + "use '--numerics=fast', or the libtorch of NuGet's package."
            );
        }
    }

    private static void MustHaveDevice(string device)
    {
        if (device == Devices.Cuda && !torch.cuda.is_available())
        {
            throw new InvalidExperimentException(
                "'--device' is 'cuda', but this libtorch finds no CUDA device; use '--device=cpu', or a libtorch with CUDA."
            );
        }
    }
}
