using CircuitPipeline.Models;
using static TorchSharp.torch;

namespace CircuitPipeline.Training.Methods;

/// <summary>Low-rank updates, y = W x + b + s B A x with s = alpha / rank (Hu et al. 2021, arXiv:2106.09685).</summary>
/// <remarks>Ranks by layer make it CircuitLoRA's (arXiv:2502.11812).</remarks>
public sealed class Lora : IAdapterMethod
{
    /// <summary>The method's name in specs and reports.</summary>
    public const string Name = "lora";

    string IAdapterMethod.Name => Name;

    /// <inheritdoc/>
    public string Summary => "Low-rank updates of linear maps, scaled by alpha / rank.";

    /// <inheritdoc/>
    public TrainedAdapter Attach(Transformer model, AdapterSettings settings, Generator random) =>
        LoraAdapter.Attach(model, settings.RankOf, settings.AlphaOverRank, random);
}
