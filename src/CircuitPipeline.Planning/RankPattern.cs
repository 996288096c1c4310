using System.Collections.Immutable;
using CircuitPipeline.Circuits.Config;

namespace CircuitPipeline.Planning;

/// <summary>The adapter rank of every linear map: one default and the layers that differ from it.</summary>
public sealed record RankPattern
{
    /// <summary>Takes the ranks.</summary>
    /// <param name="defaultRank">The rank of all layers that are not named, 1 or more.</param>
    /// <param name="layers">Layers with another rank; one equal to the default is left out.</param>
    public RankPattern(int defaultRank, IEnumerable<KeyValuePair<int, int>> layers)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(defaultRank, 1);
        DefaultRank = defaultRank;
        Layers = layers.Where(layer => layer.Value != defaultRank).ToImmutableSortedDictionary();
        foreach ((int layer, int rank) in Layers)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(layer, nameof(layers));
            ArgumentOutOfRangeException.ThrowIfLessThan(rank, 1, nameof(layers));
        }
    }

    /// <summary>The rank of all layers that are not named.</summary>
    public int DefaultRank { get; }

    /// <summary>Ranks of the layers that differ, by layer.</summary>
    public ImmutableSortedDictionary<int, int> Layers { get; }

    /// <summary>The same rank everywhere.</summary>
    /// <param name="rank">1 or more.</param>
    /// <returns>The pattern of a uniform LoRA.</returns>
    public static RankPattern Uniform(int rank) => new(rank, []);

    /// <summary>The rank of every linear map of a layer.</summary>
    /// <param name="layer">The block, from 0.</param>
    /// <returns>The rank, 1 or more.</returns>
    public int RankOf(int layer)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(layer);
        return Layers.GetValueOrDefault(layer, DefaultRank);
    }

    /// <summary>Parameters that adapters of these ranks train: the sum of rank · (input + output features), A and B together.</summary>
    /// <param name="config">The transformer's shape.</param>
    /// <returns>The exact number.</returns>
    public long TrainableParameters(TransformerConfig config)
    {
        if (Layers.Count > 0 && Layers.Keys.Last() is var last && last >= config.NLayers)
        {
            throw new ArgumentException(
                $"The rank pattern names layer '{last}', but the model has layers 0 to {config.NLayers - 1}.",
                nameof(config)
            );
        }
        long perRank = config.LinearMaps.Sum(map => (long)map.Inputs + map.Outputs);
        return perRank * Enumerable.Range(0, config.NLayers).Sum(layer => (long)RankOf(layer));
    }

    /// <inheritdoc/>
    public bool Equals(RankPattern? other) =>
        other is not null && DefaultRank == other.DefaultRank && Layers.SequenceEqual(other.Layers);

    /// <inheritdoc/>
    public override int GetHashCode() =>
        Layers.Aggregate(DefaultRank, (hash, layer) => HashCode.Combine(hash, layer.Key, layer.Value));

    /// <summary>The ranks in words: <c>rank 3; layer 0: 9</c>.</summary>
    /// <returns>Default and exceptions.</returns>
    public override string ToString() =>
        string.Join("; ", [$"rank {DefaultRank}", .. Layers.Select(layer => $"layer {layer.Key}: {layer.Value}")]);
}
