using CircuitPipeline.Circuits;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace CircuitPipeline.Models;

/// <summary>Causal multi-head attention with rotary positions, as in GPT-NeoX.</summary>
internal sealed class Attention : nn.Module
{
    private readonly TransformerConfig _config;
    private readonly RotaryEmbedding _rotary;
    private readonly int _layer;

    // Rows are ordered head by head, and q, k, v within each head.
    [ComponentName(Name = "query_key_value")]
    private readonly Linear _queryKeyValue;

    [ComponentName(Name = "dense")]
    private readonly Linear _output;

    internal Attention(TransformerConfig config, RotaryEmbedding rotary, int layer)
        : base(nameof(Attention))
    {
        (_config, _rotary, _layer) = (config, rotary, layer);
        _queryKeyValue = nn.Linear(config.DModel, 3 * config.DModel, config.AttentionBias);
        _output = nn.Linear(config.DModel, config.DModel, config.AttentionBias);
        RegisterComponents();
    }

    internal Linear QueryKeyValue => _queryKeyValue;

    internal Linear Output => _output;

    /// <summary>The maps to queries, keys and values without gradient, <c>[3, head, d_head, d_model]</c>.</summary>
    internal Tensor QueryKeyValueWeights =>
        _queryKeyValue.weight.detach().view(_config.NHeads, 3, _config.DHead, _config.DModel).transpose(0, 1);

    /// <summary>Their biases without gradient, <c>[3, head, d_head]</c>; null when the maps have none.</summary>
    internal Tensor? QueryKeyValueBias =>
        _queryKeyValue.bias?.detach().view(_config.NHeads, 3, _config.DHead).transpose(0, 1);

    /// <summary>The map from each head's mix to the residual stream without gradient, <c>[head, d_head, d_model]</c>.</summary>
    internal Tensor OutputWeights =>
        _output.weight.detach().view(_config.DModel, _config.NHeads, _config.DHead).permute(1, 2, 0);

    /// <summary>The output bias without gradient, <c>[d_model]</c>; null when the map has none.</summary>
    internal Tensor? OutputBias => _output.bias?.detach();

    /// <summary>Reads the normed residual, <c>[batch, pos, d_model]</c>; returns the heads' sum with the bias.</summary>
    internal Tensor Forward(Tensor normed, ForwardPass pass)
    {
        Tensor[] parts = Project(normed);
        Tensor query = pass.Hooks.Apply(HookNames.Query(_layer), parts[0]);
        Tensor key = pass.Hooks.Apply(HookNames.Key(_layer), parts[1]);
        Tensor value = pass.Hooks.Apply(HookNames.Value(_layer), parts[2]);
        Tensor mix = pass.Hooks.Apply(HookNames.HeadMix(_layer), Mix(query, key, value, pass));
        return pass.Hooks.Apply(HookNames.AttentionOutput(_layer), Combine(mix));
    }

    /// <summary>Queries, keys and values of the normed residual, 3 x <c>[batch, pos, head, d_head]</c>.</summary>
    internal Tensor[] Project(Tensor normed) =>
        _queryKeyValue
            .call(normed)
            .view(normed.size(0), normed.size(1), _config.NHeads, 3 * _config.DHead)
            .chunk(3, -1);

    /// <summary>Mixed values, <c>[batch, pos, head, d_head]</c>, to the heads' sum with the bias, <c>[batch, pos, d_model]</c>.</summary>
    internal Tensor Combine(Tensor mix) => _output.call(mix.reshape(mix.size(0), mix.size(1), _config.DModel));

    /// <summary>Each head's mixed values; inputs and result are <c>[batch, pos, head, d_head]</c>, of any number of heads.</summary>
    internal Tensor Mix(Tensor query, Tensor key, Tensor value, ForwardPass pass)
    {
        if (_config.RotaryDimensions > 0)
        {
            query = _rotary.Rotate(query, pass.Cosine, pass.Sine);
            key = _rotary.Rotate(key, pass.Cosine, pass.Sine);
        }

        Tensor scores = query.transpose(1, 2).matmul(key.permute(0, 2, 3, 1)) / Math.Sqrt(_config.DHead);
        Tensor pattern = scores.masked_fill(pass.Future, double.NegativeInfinity).softmax(-1); // [batch, head, pos, pos]
        pattern = pass.Hooks.Apply(HookNames.Pattern(_layer), pattern);
        return pattern.matmul(value.transpose(1, 2)).transpose(1, 2); // [batch, pos, head, d_head]
    }
}
