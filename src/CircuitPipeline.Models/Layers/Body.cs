using CircuitPipeline.Circuits;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace CircuitPipeline.Models;

/// <summary>Embedding, blocks and final norm: what Hugging Face calls <c>gpt_neox</c>.</summary>
internal sealed class Body : nn.Module
{
    [ComponentName(Name = "embed_in")]
    private readonly Embedding _embedding;

    [ComponentName(Name = "layers")]
    private readonly ModuleList<Block> _blocks;

    [ComponentName(Name = "final_layer_norm")]
    private readonly LayerNorm _finalNorm;

    internal Body(TransformerConfig config, RotaryEmbedding rotary)
        : base(nameof(Body))
    {
        _embedding = nn.Embedding(config.DVocab, config.DModel);
        _blocks = nn.ModuleList([
            .. Enumerable.Range(0, config.NLayers).Select(layer => new Block(config, rotary, layer)),
        ]);
        _finalNorm = nn.LayerNorm(config.DModel, config.LayerNormEps);
        RegisterComponents();
    }

    internal LayerNorm FinalNorm => _finalNorm;

    internal IEnumerable<ModelLinear> LinearModules => _blocks.SelectMany(block => block.LinearModules);

    internal Embedding Embedding => _embedding;

    internal ModuleList<Block> Blocks => _blocks;

    /// <summary>Token ids <c>[batch, pos]</c> to the last residual stream <c>[batch, pos, d_model]</c>.</summary>
    internal Tensor Forward(Tensor tokens, ForwardPass pass)
    {
        Tensor residual = pass.Hooks.Apply(HookNames.Embed, _embedding.forward(tokens));
        foreach (Block block in _blocks)
            residual = block.Forward(residual, pass);
        return residual;
    }
}
