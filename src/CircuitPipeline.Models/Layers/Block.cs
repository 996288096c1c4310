using CircuitPipeline.Circuits.Config;
using CircuitPipeline.Models.Activations;
using CircuitPipeline.Tensors.Calls;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace CircuitPipeline.Models.Layers;

/// <summary>One layer: attention and MLP, each behind its norm, added to the residual stream.</summary>
internal sealed class Block : FamilyModule
{
    private readonly bool _isParallel;
    private readonly int _layer;
    private readonly FamilyNames _names;
    private readonly LayerNorm _attentionNorm;
    private readonly LayerNorm _mlpNorm;
    private readonly Attention _attention;
    private readonly Mlp _mlp;

    internal Block(TransformerConfig config, RotaryEmbedding rotary, int layer, UninitializedLayers parts)
        : base(nameof(Block))
    {
        (_isParallel, _layer, _names) = (config.ParallelBlocks, layer, FamilyNames.Of(config.Architecture));
        _attentionNorm = parts.LayerNorm(config.DModel, config.LayerNormEps);
        _mlpNorm = parts.LayerNorm(config.DModel, config.LayerNormEps);
        _attention = new Attention(config, rotary, layer, parts);
        _mlp = new Mlp(config, layer, parts);
        Register(
            (_names.AttentionNorm, _attentionNorm),
            (_names.MlpNorm, _mlpNorm),
            (_names.Attention, _attention),
            (_names.Mlp, _mlp)
        );
    }

    internal IEnumerable<ModelLinear> LinearModules =>
        [
            Named(_names.Attention, _names.QueryKeyValue, _attention.QueryKeyValue),
            Named(_names.Attention, _names.AttentionOutput, _attention.Output),
            Named(_names.Mlp, _names.MlpIn, _mlp.In),
            Named(_names.Mlp, _names.MlpOut, _mlp.Out),
        ];

    internal bool IsParallel => _isParallel;

    internal LayerNorm AttentionNorm => _attentionNorm;

    internal LayerNorm MlpNorm => _mlpNorm;

    internal Attention Attention => _attention;

    internal Mlp Mlp => _mlp;

    /// <summary>
    /// Reads the residual stream, <c>[batch, pos, d_model]</c>, and returns it, at the positions that are asked for.
    /// </summary>
    internal Tensor Forward(Tensor residual, ForwardPass pass)
    {
        residual = pass.Hooks.Apply(HookNames.ResidualBefore(_layer), residual);
        Tensor normed = pass.Hooks.Apply(HookNames.AttentionInput(_layer), _attentionNorm.forward(residual));
        Tensor attended = _attention.Forward(normed, pass);
        residual = pass.Asked?.Invoke(residual) ?? residual;
        Tensor middle = residual.Plus(attended);
        // In a parallel block the MLP does not see its own layer's heads.
        Tensor mlpNormed = _mlpNorm.forward(_isParallel ? residual : middle);
        mlpNormed = pass.Hooks.Apply(HookNames.MlpInput(_layer), mlpNormed);
        Tensor after = middle.Plus(_mlp.Forward(mlpNormed, pass));
        return pass.Hooks.Apply(HookNames.ResidualAfter(_layer), after);
    }

    private ModelLinear Named(string part, string map, LinearMap module) =>
        new(_layer, $"{part}.{map}", module, $"{_names.Body}.{_names.Blocks}");
}
