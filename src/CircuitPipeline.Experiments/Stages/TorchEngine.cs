using System.Collections.Immutable;
using CircuitPipeline.Tensors;
using TorchSharp;

namespace CircuitPipeline.Experiments;

/// <summary>TorchSharp as the study's engine; libtorch is loaded when it is first asked.</summary>
internal sealed class TorchEngine : IEngine
{
    /// <inheritdoc/>
    public EngineFacts Describe(EngineSettings settings)
    {
        try
        {
            ProcessNumerics.Use(settings.Numerics);
            LibTorchLoader.Load();
            MustHaveDevice(settings.Device);
            if (settings is { Device: "cuda", Numerics: Numerics.Reproducible })
                DeterministicOperators.Check(settings.Device);
        }
        catch (NumericsException problem)
        {
            throw new InvalidExperimentException(problem.Message);
        }

        LibTorchBuild build = LibTorchBuild.OfThisProcess;
        return new EngineFacts(
            $"libtorch {build.VersionText}",
            ImmutableSortedDictionary<string, string>
                .Empty.Add("torchsharp", BindingName)
                .AddRange(settings.Device == "cuda" ? GraphicsCard.FactsOfFirst() : [])
        )
        {
            Warning = build.Warning,
        };
    }

    private static void MustHaveDevice(string device)
    {
        if (device == "cuda" && !torch.cuda.is_available())
            throw new InvalidExperimentException(
                "'--device' is 'cuda', but this libtorch finds no CUDA device; use '--device=cpu', or a libtorch with CUDA."
            );
    }

    /// <inheritdoc/>
    public void Prepare(EngineSettings settings) => GuardedCalls.UseThreads(settings.Threads);

    private static string BindingName =>
        typeof(torch).Assembly.GetName() is var name ? $"{name.Name} {name.Version}" : "";
}
