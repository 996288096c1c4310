using CircuitPipeline.Models;
using CircuitPipeline.Training.Adapters;
using static TorchSharp.torch;

namespace CircuitPipeline.Training.Methods;

/// <summary>LoRA that trains the length of each row of a weight by itself (Liu et al. 2024, arXiv:2402.09353).</summary>
/// <remarks>Lengths start at those of W's rows; the norm has no gradient (section 4.3).</remarks>
public sealed class Dora : IAdapterMethod
{
    /// <summary>The method's name in specs and reports.</summary>
    public const string Name = "dora";

    string IAdapterMethod.Name => Name;

    /// <inheritdoc/>
    public string Summary => "LoRA for the directions of a weight's rows, and a trained length for each row.";

    /// <inheritdoc/>
    public TrainedAdapter Attach(Transformer model, AdapterSettings settings, Generator random) =>
        new LoraAdapter(
            model,
            LoraAdapter.At(
                model,
                settings.RankOf,
                (linear, rank) => DoraLinear.Fresh(linear, rank, settings.AlphaOverRank, random)
            ),
            new LoraForm(settings.AlphaOverRank, IsDora: true)
        );
}
