using CircuitPipeline.Models;
using static TorchSharp.torch;

namespace CircuitPipeline.Training.Methods;

/// <summary>LoRA that starts at the largest singular values of each weight, which is frozen without them (Meng et al. 2024, arXiv:2404.02948).</summary>
/// <remarks>
/// <code>
/// W = U S Vᵀ; with the first r values: A = √(S / s) Vᵀ, B = U √(S / s), and the frozen weight is W - s B A
/// </code>
/// While it is attached the model holds the rest of its weights; they are put back when it is disposed. PEFT loads what is saved over the
/// unchanged model: ΔW = s (B A - B₀ A₀) is a LoRA of rank 2r.
/// </remarks>
public sealed class Pissa : IAdapterMethod
{
    /// <summary>The method's name in specs and reports.</summary>
    public const string Name = "pissa";

    string IAdapterMethod.Name => Name;

    /// <inheritdoc/>
    public string Summary => "LoRA that starts at a weight's largest singular values, the rest being frozen.";

    /// <inheritdoc/>
    public TrainedAdapter Attach(Transformer model, AdapterSettings settings, Generator random) =>
        new PissaAdapter(model, settings);
}
