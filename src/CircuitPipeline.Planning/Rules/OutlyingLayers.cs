using System.Collections.Immutable;

namespace CircuitPipeline.Planning;

/// <summary>The layers that changed far more than the others: at or above the mean plus one standard deviation.</summary>
/// <remarks>The paper's fallback for the number of critical layers (reference: <c>changecircuit_edge_keylayer.py</c>).</remarks>
public static class OutlyingLayers
{
    /// <summary>Cuts the order of a rule.</summary>
    /// <param name="order">All layers with the numbers that placed them, as <see cref="LayerRule"/> gives them.</param>
    /// <returns>The layers at or above mean + standard deviation (of all layers, not of a sample), in the same order.</returns>
    /// <exception cref="ArgumentException">The rule placed the layers without numbers.</exception>
    public static ImmutableArray<int> Of(ImmutableArray<RankedLayer> order)
    {
        double[] values =
        [
            .. order.Select(layer =>
                layer.Value
                ?? throw new ArgumentException(
                    $"Layer '{layer.Layer}' was placed without a number, but mean and standard deviation need one: take a rule that measures."
                )
            ),
        ];
        if (values.Length == 0)
        {
            return [];
        }
        var mean = values.Average();
        var least = mean + Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
        return [.. order.Where(layer => layer.Value >= least).Select(layer => layer.Layer)];
    }
}
