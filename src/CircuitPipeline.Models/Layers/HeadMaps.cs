using CircuitPipeline.Circuits.Config;
using static TorchSharp.torch;

namespace CircuitPipeline.Models.Layers;

/// <summary>The maps from the normed residual stream to queries, keys and values, in the layout of the family.</summary>
/// <remarks>
/// Where several query heads share a key and value head (grouped-query attention), each gets a copy, so that every head has
/// inputs of its own; gradients of the copies sum into the one weight.
/// </remarks>
internal sealed class HeadMaps
{
    private readonly TransformerConfig _config;
    private readonly QueryKeyValueLayout _layout;

    internal HeadMaps(TransformerConfig config, UninitializedLayers parts)
    {
        (_config, _layout) = (config, config.Family.Layout);
        Maps =
        [
            .. config
                .LinearMaps.Take(config.Family.QueryKeyValue.Length)
                .Select(map => parts.Linear(map.Inputs, map.Outputs, map.HasBias)),
        ];
    }

    /// <summary>One map or three.</summary>
    internal LinearMap[] Maps { get; }

    /// <summary>The maps without gradient, <c>[3, head, d_head, d_model]</c>.</summary>
    internal Tensor Weights => ByInput([.. Maps.Select(map => map.weight.detach())]);

    /// <summary>Their biases without gradient, <c>[3, head, d_head]</c>; null when the maps have none.</summary>
    internal Tensor? Biases => _config.QueryKeyValueBias ? ByInput([.. Maps.Select(map => map.bias!.detach())]) : null;

    private int Shared => _config.NHeads / _config.KeyValueHeads;

    /// <summary>Queries, keys and values of the normed residual, 3 x <c>[batch, pos, head, d_head]</c>.</summary>
    internal Tensor[] Project(Tensor normed)
    {
        (long batch, long pos, long heads, long dHead) = (
            normed.size(0),
            normed.size(1),
            _config.NHeads,
            _config.DHead
        );
        if (_layout == QueryKeyValueLayout.Separate)
        {
            return
            [
                .. Maps.Select(map => PerQueryHead(map.call(normed).view(batch, pos, -1, dHead), 2)), //
            ];
        }

        Tensor rows = Maps[0].call(normed); // [batch, pos, 3 * d_model]
        return _layout == QueryKeyValueLayout.HeadByHead
            ? rows.view(batch, pos, heads, 3 * dHead).chunk(3, -1)
            : rows.view(batch, pos, 3 * heads, dHead).chunk(3, 2);
    }

    // Rows of the maps, [out, …], by input and head.
    private Tensor ByInput(Tensor[] rows) =>
        _layout switch
        {
            QueryKeyValueLayout.HeadByHead => rows[0].unflatten(0, [_config.NHeads, 3, _config.DHead]).transpose(0, 1),
            QueryKeyValueLayout.InputByInput => rows[0].unflatten(0, [3, _config.NHeads, _config.DHead]),
            _ => stack(rows.Select(part => PerQueryHead(part.unflatten(0, [-1, _config.DHead]), 0))),
        };

    // A copy of each key and value head for the query heads that share it: query head h uses head h / shared.
    private Tensor PerQueryHead(Tensor heads, int dimension)
    {
        if (heads.size(dimension) == _config.NHeads)
        {
            return heads;
        }

        long[] copies = [.. heads.shape];
        copies[dimension] *= Shared;
        return heads
            .unsqueeze(dimension + 1)
            .expand([.. heads.shape[..(dimension + 1)], Shared, .. heads.shape[(dimension + 1)..]])
            .reshape(copies);
    }
}
