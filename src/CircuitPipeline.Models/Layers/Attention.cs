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

    /// <summary>Reads the normed residual, <c>[batch, pos, d_model]</c>; returns the heads' sum with the bias.</summary>
    internal Tensor Forward(Tensor normed, ForwardPass pass)
    {
        (long batch, long pos) = (normed.size(0), normed.size(1));
        Tensor[] parts = _queryKeyValue
            .call(normed)
            .view(batch, pos, _config.NHeads, 3 * _config.DHead)
            .chunk(3, -1); // 3 x [batch, pos, head, d_head]
        Tensor query = pass.Hooks.Apply(HookNames.Query(_layer), parts[0]);
        Tensor key = pass.Hooks.Apply(HookNames.Key(_layer), parts[1]);
        Tensor value = pass.Hooks.Apply(HookNames.Value(_layer), parts[2]);
        if (_config.RotaryDimensions > 0)
        {
            query = _rotary.Rotate(query, pass.Cosine, pass.Sine);
            key = _rotary.Rotate(key, pass.Cosine, pass.Sine);
        }

        Tensor scores = query.transpose(1, 2).matmul(key.permute(0, 2, 3, 1)) / Math.Sqrt(_config.DHead);
        Tensor pattern = scores.masked_fill(pass.Future, double.NegativeInfinity).softmax(-1); // [batch, head, pos, pos]
        pattern = pass.Hooks.Apply(HookNames.Pattern(_layer), pattern);
        Tensor mix = pattern.matmul(value.transpose(1, 2)).transpose(1, 2); // [batch, pos, head, d_head]
        mix = pass.Hooks.Apply(HookNames.HeadMix(_layer), mix);
        Tensor output = _output.call(mix.reshape(batch, pos, _config.DModel));
        return pass.Hooks.Apply(HookNames.AttentionOutput(_layer), output);
    }
}
