using System.Collections.Immutable;
using CircuitPipeline.Tensors;
using TorchSharp;

namespace CircuitPipeline.Experiments;

/// <summary>TorchSharp as the study's engine; libtorch is loaded when it is first asked.</summary>
internal sealed class TorchEngine : IEngine
{
    /// <inheritdoc/>
    public EngineFacts Describe(string device)
    {
        LibTorchLoader.Load();
        if (device == "cuda" && !torch.cuda.is_available())
            throw new InvalidExperimentException(
                "'--device' is 'cuda', but this libtorch finds no CUDA device; use '--device=cpu', or a libtorch with CUDA."
            );
        LibTorchBuild build = LibTorchBuild.OfThisProcess;
        return new EngineFacts(
            $"libtorch {build.VersionText}",
            ImmutableSortedDictionary<string, string>
                .Empty.Add("torchsharp", BindingName)
                .AddRange(device == "cuda" ? GraphicsCard.FactsOfFirst() : [])
        )
        {
            Warning = build.Warning,
        };
    }

    /// <inheritdoc/>
    public void Prepare(string device, int threads) => GuardedCalls.UseThreads(threads);

    private static string BindingName =>
        typeof(torch).Assembly.GetName() is var name ? $"{name.Name} {name.Version}" : "";
}
