using CircuitPipeline.Circuits.Config;
using CircuitPipeline.Models.Activations;
using CircuitPipeline.Tensors.Calls;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace CircuitPipeline.Models.Layers;

/// <summary>Embedding, blocks and final norm: what Hugging Face calls <c>gpt_neox</c> or <c>transformer</c>.</summary>
internal sealed class TransformerBody : FamilyModule
{
    private readonly ModelFamily _family;
    private readonly double _scale;
    private readonly Embedding _embedding;
    private readonly Embedding? _positions;
    private readonly ModuleList<Block> _blocks;
    private readonly Norm _finalNorm;

    internal TransformerBody(TransformerConfig config, UninitializedLayers parts)
        : base(nameof(TransformerBody))
    {
        ModelFamily names = config.Family;
        (_family, _scale) = (names, Math.Sqrt(config.DModel));
        _embedding = parts.Embedding(config.DVocab, config.DModel);
        Register((names.Embedding, _embedding));
        if (config.HasLearnedPositions)
        {
            _positions = parts.Embedding(config.NCtx + names.FirstPosition, config.DModel);
            Register((names.Positions!, _positions));
        }

        _blocks = nn.ModuleList([
            .. Enumerable.Range(0, config.NLayers).Select(layer => new Block(config, layer, parts)),
        ]);
        _finalNorm = parts.Norm(names.Normalization, config.DModel, config.NormEps);
        Register((names.Blocks, _blocks), (names.FinalNorm, _finalNorm));
    }

    internal Norm FinalNorm => _finalNorm;

    internal IEnumerable<ModelLinear> LinearModules => _blocks.SelectMany(block => block.LinearModules);

    /// <summary>The table of token embeddings, <c>[d_vocab, d_model]</c>.</summary>
    internal Parameter EmbeddingWeight => _embedding.weight!;

    internal ModuleList<Block> Blocks => _blocks;

    /// <summary>
    /// What the source <c>input</c> holds: token embeddings without positions, <c>[batch, pos, d_model]</c>, of token ids
    /// <c>[batch, pos]</c>; scaled where the family scales them, by a number of the model's element type.
    /// </summary>
    internal Tensor Embed(Tensor tokens)
    {
        Tensor embedding = _embedding.forward(tokens);
        return _family.ScalesEmbedding
            ? embedding * tensor(_scale, dtype: embedding.dtype, device: embedding.device)
            : embedding;
    }

    /// <summary>The residual stream before the first block: token embeddings plus learned positions, where the family has them.</summary>
    /// <param name="embedding"><c>[batch, pos, d_model]</c>.</param>
    /// <param name="pass">Says at which position the first token stands.</param>
    internal Tensor Start(Tensor embedding, ForwardPass pass) =>
        _positions is null ? embedding : embedding.Plus(PositionRows(_positions.weight!, embedding.size(1), pass));

    /// <summary>
    /// Token ids <c>[batch, pos]</c> to the last residual stream <c>[batch, pos, d_model]</c>, at the positions that are asked for.
    /// </summary>
    internal Tensor Forward(Tensor tokens, ForwardPass pass)
    {
        Tensor residual = Start(pass.Hooks.Apply(HookNames.Embed, Embed(tokens)), pass);
        ForwardPass all = pass with { Asked = null };
        foreach ((int layer, Block block) in _blocks.Index())
        {
            residual = block.Forward(residual, layer == _blocks.Count - 1 ? pass : all);
        }

        return residual;
    }

    // [pos or token, d_model]
    private Tensor PositionRows(Parameter table, long pos, ForwardPass pass) =>
        pass.Layout is { } layout
            ? table
                .narrow(0, _family.FirstPosition, table.size(0) - _family.FirstPosition)
                .index_select(0, layout.Positions)
            : table.narrow(0, _family.FirstPosition + pass.FirstPosition, pos);
}
