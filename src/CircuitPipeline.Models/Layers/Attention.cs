using CircuitPipeline.Circuits.Config;
using CircuitPipeline.Models.Activations;
using CircuitPipeline.Tensors.Calls;
using static TorchSharp.torch;

namespace CircuitPipeline.Models.Layers;

/// <summary>Causal multi-head attention, with rotary positions where the family has them.</summary>
internal sealed class Attention : FamilyModule
{
    private readonly TransformerConfig _config;
    private readonly RotaryEmbedding _rotary;
    private readonly int _layer;

    // GPT-NeoX orders rows head by head, and q, k, v within each head; GPT-2 has all queries, then keys, then values.
    private readonly bool _isHeadByHead;
    private readonly LinearMap _queryKeyValue;
    private readonly LinearMap _output;

    internal Attention(TransformerConfig config, RotaryEmbedding rotary, int layer, UninitializedLayers parts)
        : base(nameof(Attention))
    {
        (_config, _rotary, _layer) = (config, rotary, layer);
        _isHeadByHead = config.Architecture == Architecture.GptNeoX;
        _queryKeyValue = parts.Linear(config.DModel, 3 * config.DModel, config.AttentionBias);
        _output = parts.Linear(config.DModel, config.DModel, config.AttentionBias);
        FamilyNames names = FamilyNames.Of(config.Architecture);
        Register((names.QueryKeyValue, _queryKeyValue), (names.AttentionOutput, _output));
    }

    internal LinearMap QueryKeyValue => _queryKeyValue;

    internal LinearMap Output => _output;

    /// <summary>The maps to queries, keys and values without gradient, <c>[3, head, d_head, d_model]</c>.</summary>
    internal Tensor QueryKeyValueWeights => ByInput(_queryKeyValue.weight.detach().unflatten(0, Rows));

    /// <summary>Their biases without gradient, <c>[3, head, d_head]</c>; null when the maps have none.</summary>
    internal Tensor? QueryKeyValueBias =>
        _queryKeyValue.bias is { } bias ? ByInput(bias.detach().unflatten(0, Rows)) : null;

    /// <summary>The map from each head's z to the residual stream without gradient, <c>[head, d_head, d_model]</c>.</summary>
    internal Tensor OutputWeights =>
        _output.weight.detach().view(_config.DModel, _config.NHeads, _config.DHead).permute(1, 2, 0);

    /// <summary>The output bias without gradient, <c>[d_model]</c>; null when the map has none.</summary>
    internal Tensor? OutputBias => _output.bias?.detach();

    private long[] Rows => _isHeadByHead ? [_config.NHeads, 3, _config.DHead] : [3, _config.NHeads, _config.DHead];

    /// <summary>
    /// Reads the normed residual, <c>[batch, pos, d_model]</c>; returns the heads' sum with the bias, at the positions that
    /// are asked for.
    /// </summary>
    internal Tensor Forward(Tensor normed, ForwardPass pass)
    {
        Tensor[] parts = Project(normed);
        Tensor query = pass.Hooks.Apply(HookNames.Query(_layer), parts[0]);
        Tensor key = pass.Hooks.Apply(HookNames.Key(_layer), parts[1]);
        Tensor value = pass.Hooks.Apply(HookNames.Value(_layer), parts[2]);
        Tensor z = pass.Hooks.Apply(HookNames.HeadZ(_layer), Mix(query, key, value, pass));
        return pass.Hooks.Apply(
            HookNames.AttentionOutput(_layer),
            Combine(pass.Asked is { } asked ? asked(z.flatten(2)) : z)
        );
    }

    /// <summary>Queries, keys and values of the normed residual, 3 x <c>[batch, pos, head, d_head]</c>.</summary>
    internal Tensor[] Project(Tensor normed)
    {
        Tensor rows = _queryKeyValue.call(normed); // [batch, pos, 3 * d_model]
        (long batch, long pos) = (normed.size(0), normed.size(1));
        return _isHeadByHead
            ? rows.view(batch, pos, _config.NHeads, 3 * _config.DHead).chunk(3, -1)
            : rows.view(batch, pos, 3 * _config.NHeads, _config.DHead).chunk(3, 2);
    }

    /// <summary>Mixed values, <c>[batch, pos, head, d_head]</c>, to the heads' sum with the bias, <c>[batch, pos, d_model]</c>.</summary>
    internal Tensor Combine(Tensor z) => _output.call(z.reshape(z.size(0), z.size(1), _config.DModel));

    /// <summary>Each head's mixed values; inputs and result are <c>[batch, pos, head, d_head]</c>.</summary>
    internal Tensor Mix(Tensor query, Tensor key, Tensor value, ForwardPass pass)
    {
        (query, key) = (ApplyRotary(query, pass), ApplyRotary(key, pass));
        if (pass.Prefix is { } prefix)
        {
            (key, value) = prefix.Before(_layer, key, value);
        }

        Tensor scores = query.transpose(1, 2).MatMul(key.permute(0, 2, 3, 1)).DividedBy(Math.Sqrt(_config.DHead));
        Tensor pattern = scores.FilledWhere(pass.Future, double.NegativeInfinity).softmax(-1); // [batch, head, pos, prefix + pos]
        pattern = pass.Hooks.Apply(HookNames.Pattern(_layer), pattern);
        return pattern.MatMul(value.transpose(1, 2)).transpose(1, 2); // [batch, pos, head, d_head]
    }

    /// <summary>Queries or keys as attention compares them, rotated where the family rotates, <c>[batch, pos, head, d_head]</c>.</summary>
    internal Tensor ApplyRotary(Tensor heads, ForwardPass pass) =>
        _config.RotaryDimensions > 0 ? _rotary.Rotate(heads, pass.Cosine, pass.Sine) : heads;

    private Tensor ByInput(Tensor rows) => _isHeadByHead ? rows.transpose(0, 1) : rows;
}
