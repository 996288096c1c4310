using CircuitPipeline.Models;
using CircuitPipeline.Training.Adapters;
using static TorchSharp.torch;

namespace CircuitPipeline.Training.Methods;

/// <summary>LoRA with s = alpha / √rank (Kalajdzievski 2023, arXiv:2312.03732), alpha being that of LoRA.</summary>
public sealed class RsLora : IAdapterMethod
{
    /// <summary>The method's name in specs and reports.</summary>
    public const string Name = "rslora";

    string IAdapterMethod.Name => Name;

    /// <inheritdoc/>
    public string Summary => "LoRA whose updates are scaled by alpha / √rank.";

    /// <inheritdoc/>
    public TrainedAdapter Attach(Transformer model, AdapterSettings settings, Generator random) =>
        new LoraAdapter(
            model,
            LoraAdapter.At(
                model,
                settings.RankOf,
                (linear, rank) => LoraLinear.Fresh(linear, rank, settings.AlphaOverRank * Math.Sqrt(rank), random)
            ),
            new LoraForm(settings.AlphaOverRank, IsRankStabilized: true)
        );
}
