using CircuitPipeline.Circuits.Config;
using CircuitPipeline.Models.Activations;
using CircuitPipeline.Tensors.Calls;
using static TorchSharp.torch;

namespace CircuitPipeline.Models.Layers;

/// <summary>Causal multi-head attention: with rotary positions, norms of queries and keys, a window and a soft cap where the family has them.</summary>
internal sealed class Attention : FamilyModule
{
    private const long ShortRow = 16;

    private readonly TransformerConfig _config;
    private readonly int _layer;
    private readonly HeadMaps _maps;
    private readonly LinearMap _output;
    private readonly Norm? _queryNorm;
    private readonly Norm? _keyNorm;

    internal Attention(TransformerConfig config, int layer, UninitializedLayers parts)
        : base(nameof(Attention))
    {
        (_config, _layer) = (config, layer);
        ModelFamily family = config.Family;
        _maps = new HeadMaps(config, parts);
        _output = parts.Linear(config.DHeads, config.DModel, config.AttentionOutputBias);
        (long queries, long keys) = family.QueryKeyNorm switch
        {
            QueryKeyNorm.PerHead => (config.DHead, config.DHead),
            QueryKeyNorm.Whole => (config.DHeads, config.KeyValueHeads * config.DHead),
            _ => (0, 0),
        };
        if (queries > 0)
        {
            (_queryNorm, _keyNorm) = (
                parts.Norm(Normalization.Rms, queries, config.NormEps),
                parts.Norm(Normalization.Rms, keys, config.NormEps)
            );
        }

        foreach ((string name, LinearMap map) in family.QueryKeyValue.Zip(_maps.Maps))
        {
            Register((name, map));
        }

        Register((family.AttentionOutput, _output), ("q_norm", _queryNorm), ("k_norm", _keyNorm));
    }

    internal HeadMaps Maps => _maps;

    internal LinearMap Output => _output;

    /// <summary>The map from each head's z to the residual stream without gradient, <c>[head, d_head, d_model]</c>.</summary>
    internal Tensor OutputWeights =>
        _output.weight.detach().view(_config.DModel, _config.NHeads, _config.DHead).permute(1, 2, 0);

    /// <summary>The output bias without gradient, <c>[d_model]</c>; null when the map has none.</summary>
    internal Tensor? OutputBias => _output.bias?.detach();

    /// <summary>
    /// Reads what the heads read, <c>[batch, pos, d_model]</c>; returns the heads' sum with the bias, at the positions that
    /// are asked for.
    /// </summary>
    internal Tensor Forward(Tensor normed, ForwardPass pass)
    {
        Tensor[] parts = Project(normed);
        Tensor query = pass.Hooks.Apply(HookNames.Query(_layer), parts[0]);
        Tensor key = pass.Hooks.Apply(HookNames.Key(_layer), parts[1]);
        Tensor value = pass.Hooks.Apply(HookNames.Value(_layer), parts[2]);
        Tensor z = pass.Hooks.Apply(HookNames.HeadZ(_layer), Mix(query, key, value, pass));
        return Combine(pass.Asked is { } asked ? asked(z.flatten(2)) : z);
    }

    /// <summary>Queries, keys and values of the normed residual, 3 x <c>[batch, pos, head, d_head]</c>.</summary>
    internal Tensor[] Project(Tensor normed) => _maps.Project(normed);

    /// <summary>Mixed values, <c>[batch, pos, head, d_head]</c>, to the heads' sum with the bias, <c>[batch, pos, d_model]</c>.</summary>
    internal Tensor Combine(Tensor z) => _output.call(z.reshape(z.size(0), z.size(1), _config.DHeads));

    /// <summary>Each head's mixed values; inputs and result are <c>[batch, pos, head, d_head]</c>.</summary>
    internal Tensor Mix(Tensor query, Tensor key, Tensor value, ForwardPass pass)
    {
        (query, key) = (Compared(query, _queryNorm, pass), ComparedKeys(key, pass));
        if (pass.Prefix is { } prefix)
        {
            (key, value) = prefix.Before(_layer, key, value);
        }

        if (pass.Layout is { } layout)
        {
            (query, key, value) = (layout.ByRow(query), layout.ByRow(key), layout.ByRow(value));
        }

        double divisor = _config.AttentionDivisor ?? Math.Sqrt(_config.DHead);
        Tensor scores = query.transpose(1, 2).MatMul(key.permute(0, 2, 3, 1)).DividedBy(divisor);
        if (_config.AttentionSoftCap is double cap)
        {
            scores = scores.DividedBy(cap).tanh().Times(cap);
        }

        Tensor pattern = Weights(scores.FilledWhere(pass.Hidden(_layer), double.NegativeInfinity)); // [batch, head, pos, prefix + pos]
        pattern = pass.Hooks.Apply(HookNames.Pattern(_layer), pattern);
        Tensor z = pattern.MatMul(value.transpose(1, 2)).transpose(1, 2); // [batch, pos, head, d_head]
        return pass.Layout?.ByToken(z) ?? z;
    }

    /// <summary>Keys as attention compares them: normed and rotated where the family does, <c>[batch, pos, head, d_head]</c>.</summary>
    internal Tensor ComparedKeys(Tensor key, ForwardPass pass) => Compared(key, _keyNorm, pass);

    // libtorch takes rows one by one, at 0.1 us for the shortest; as columns they are vectors across all rows, but are copied twice.
    private static Tensor Weights(Tensor scores) =>
        scores.size(-1) > ShortRow ? scores.softmax(-1) : scores.permute(3, 0, 1, 2).softmax(0).permute(1, 2, 3, 0);

    private Tensor Compared(Tensor heads, Norm? norm, ForwardPass pass)
    {
        if (norm is not null)
        {
            heads =
                _config.Family.QueryKeyNorm == QueryKeyNorm.PerHead ? norm.forward(heads) : NormedWhole(heads, norm);
        }

        return pass.Rotary is { } tables ? RotaryEmbedding.Rotate(heads, tables) : heads;
    }

    // Copies of shared keys do not change the mean square, and take their head's part of the weight.
    private static Tensor NormedWhole(Tensor heads, Norm norm)
    {
        (long count, long dHead) = (heads.size(2), heads.size(3));
        Tensor normalized = heads * norm.InverseScale(heads.flatten(2)).unsqueeze(-1).to(heads.dtype);
        long shared = count * dHead / norm.weight.size(0);
        Tensor weight = norm.weight.view(-1, 1, dHead).expand(-1, shared, -1).reshape(count, dHead);
        return normalized * weight;
    }
}
