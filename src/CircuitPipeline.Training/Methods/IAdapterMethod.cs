using CircuitPipeline.Models;
using static TorchSharp.torch;

namespace CircuitPipeline.Training.Methods;

/// <summary>A way of fine-tuning a model; one class each.</summary>
public interface IAdapterMethod
{
    /// <summary>What specs and reports call it.</summary>
    string Name { get; }

    /// <summary>One sentence: what it trains.</summary>
    string Summary { get; }

    /// <summary>Attaches what is trained; the model computes as before until the first step.</summary>
    /// <param name="model">The model, whose own weights stay as they are unless the method says otherwise.</param>
    /// <param name="settings">Ranks and scale.</param>
    /// <param name="random">Where the first values come from.</param>
    TrainedAdapter Attach(Transformer model, AdapterSettings settings, Generator random);
}

/// <summary>What all methods are told; each takes of it what it has.</summary>
public sealed record AdapterSettings
{
    /// <summary>The rank at each linear map; none at 0.</summary>
    public required Func<ModelLinear, int> RankOf { get; init; }

    /// <summary>alpha / rank, the same everywhere.</summary>
    public required double AlphaOverRank { get; init; }

    /// <summary>Optimizer steps of the run, which schedules go by.</summary>
    public required int Steps { get; init; }
}
