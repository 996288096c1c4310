using CircuitPipeline.Circuits;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace CircuitPipeline.Models;

/// <summary>One layer: attention and MLP, each behind its norm, added to the residual stream.</summary>
internal sealed class Block : nn.Module
{
    private readonly bool _isParallel;
    private readonly int _layer;

    [ComponentName(Name = "input_layernorm")]
    private readonly LayerNorm _attentionNorm;

    [ComponentName(Name = "post_attention_layernorm")]
    private readonly LayerNorm _mlpNorm;

    [ComponentName(Name = "attention")]
    private readonly Attention _attention;

    [ComponentName(Name = "mlp")]
    private readonly Mlp _mlp;

    internal Block(TransformerConfig config, RotaryEmbedding rotary, int layer)
        : base(nameof(Block))
    {
        (_isParallel, _layer) = (config.ParallelBlocks, layer);
        _attentionNorm = nn.LayerNorm(config.DModel, config.LayerNormEps);
        _mlpNorm = nn.LayerNorm(config.DModel, config.LayerNormEps);
        _attention = new Attention(config, rotary, layer);
        _mlp = new Mlp(config, layer);
        RegisterComponents();
    }

    internal IEnumerable<ModelLinear> LinearModules =>
        [
            new(_layer, "attention.query_key_value", _attention.QueryKeyValue),
            new(_layer, "attention.dense", _attention.Output),
            new(_layer, "mlp.dense_h_to_4h", _mlp.In),
            new(_layer, "mlp.dense_4h_to_h", _mlp.Out),
        ];

    internal bool IsParallel => _isParallel;

    internal LayerNorm AttentionNorm => _attentionNorm;

    internal LayerNorm MlpNorm => _mlpNorm;

    internal Attention Attention => _attention;

    internal Mlp Mlp => _mlp;

    /// <summary>Reads and returns the residual stream, <c>[batch, pos, d_model]</c>.</summary>
    internal Tensor Forward(Tensor residual, ForwardPass pass)
    {
        residual = pass.Hooks.Apply(HookNames.ResidualBefore(_layer), residual);
        Tensor normed = pass.Hooks.Apply(HookNames.AttentionInput(_layer), _attentionNorm.forward(residual));
        Tensor attended = _attention.Forward(normed, pass);
        Tensor middle = residual + attended;
        // In a parallel block the MLP does not see its own layer's heads.
        Tensor mlpNormed = _mlpNorm.forward(_isParallel ? residual : middle);
        mlpNormed = pass.Hooks.Apply(HookNames.MlpInput(_layer), mlpNormed);
        Tensor after = middle + _mlp.Forward(mlpNormed, pass);
        return pass.Hooks.Apply(HookNames.ResidualAfter(_layer), after);
    }
}
