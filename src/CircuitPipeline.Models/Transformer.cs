using CircuitPipeline.Circuits.Config;
using CircuitPipeline.Models.Activations;
using CircuitPipeline.Models.Checkpoints;
using CircuitPipeline.Models.Layers;
using CircuitPipeline.Tensors.Calls;
using static TorchSharp.torch;

namespace CircuitPipeline.Models;

/// <summary>
/// A decoder-only transformer, assembled from the parts that its configuration and its family choose: norms, attention,
/// positions, MLP. Its parameters carry Hugging Face's names.
/// </summary>
/// <remarks>
/// <code>
/// residual = embedding[token] (+ position table)
/// for each block: residual += attention(norm(residual)) + mlp(norm(residual)), where families may norm what is added too
/// logits = unembedding(norm(residual))
/// </code>
/// Right padding needs no mask: a real token never looks to its right. A tied model has no unembedding of its own, and
/// GPT-2's linear maps are kept <c>[out, in]</c>; <see cref="Checkpoint"/> turns them as its files have them.
/// </remarks>
public sealed class Transformer : nn.Module<Tensor, Tensor>
{
    private readonly IReadOnlySet<string> _hookNames;
    private readonly RotaryEmbedding _rotary;
    private readonly TransformerBody _body;
    private readonly LinearMap? _unembedding;

    /// <summary>Builds a model whose weights are not yet meant to be used: draw or load them next.</summary>
    /// <param name="config">The shape.</param>
    /// <param name="dtype">The element type of the weights.</param>
    /// <param name="device">Where they are.</param>
    internal Transformer(TransformerConfig config, ScalarType dtype, Device device)
        : base(nameof(Transformer))
    {
        Config = config;
        _hookNames = HookNames.All(config).ToHashSet(StringComparer.Ordinal);
        _rotary = new RotaryEmbedding(config);
        UninitializedLayers parts = new(dtype, device);
        _body = new TransformerBody(config, parts);
        FamilyModule.RegisterAt(this, config.Family.Body, _body);
        if (config.TiedEmbeddings)
        {
            return;
        }

        _unembedding = parts.Linear(config.DModel, config.DVocab, hasBias: false);
        register_module(config.Family.Unembedding, _unembedding);
    }

    /// <summary>The model's shape.</summary>
    public TransformerConfig Config { get; }

    /// <summary>Where the weights are.</summary>
    public Device Device => AnyWeight.device;

    /// <summary>The element type of the weights and of all activations.</summary>
    public ScalarType Dtype => AnyWeight.dtype;

    /// <summary>Number of parameters; a tied unembedding counts once.</summary>
    public long ParameterCount => parameters().Sum(parameter => parameter.numel());

    /// <summary>The linear maps of all blocks, four a layer, in the order of the layers; what adapters attach to.</summary>
    public IEnumerable<ModelLinear> LinearModules => _body.LinearModules;

    /// <summary>What circuit runs, which give each head its own inputs, walk through themselves.</summary>
    internal TransformerBody Body => _body;

    // One that its module keeps in a field; an embedding makes a new wrapper whenever it is asked.
    private Tensor AnyWeight => _body.FinalNorm.weight;

    /// <summary>Logits of the next token at every position.</summary>
    /// <param name="tokens">Token ids, <c>[batch, pos]</c>, Int64.</param>
    /// <returns><c>[batch, pos, d_vocab]</c>.</returns>
    public override Tensor forward(Tensor tokens) => Forward(tokens, ActivationHooks.None);

    /// <summary>Logits of the next token at every position, with activations read or replaced.</summary>
    /// <param name="tokens">Token ids, <c>[batch, pos]</c>, Int64.</param>
    /// <param name="hooks">Which activations are read or replaced in this call.</param>
    /// <returns><c>[batch, pos, d_vocab]</c>.</returns>
    public Tensor Forward(Tensor tokens, ActivationHooks hooks)
    {
        using HeldTensors? held = HeldTensors.OutsideScopes(tokens);
        return Unembed(Residual(tokens, hooks), hooks);
    }

    /// <summary>Logits of the next token at some places, behind the last attention computed for these alone.</summary>
    /// <param name="batch">The rows.</param>
    /// <param name="places">Which, by <see cref="TokenBatch.IndexOf"/>, <c>[place]</c>, Int64, at least one.</param>
    /// <returns><c>[place, d_vocab]</c>.</returns>
    /// <exception cref="ArgumentException">The rows are longer than the model's context.</exception>
    public Tensor LogitsAt(TokenBatch batch, Tensor places)
    {
        using HeldTensors? held = HeldTensors.OutsideScopes(batch.Tokens);
        return Unembed(_body.Forward(batch.Tokens, PassAt(batch, places)).squeeze(0), ActivationHooks.None);
    }

    /// <summary>The last residual stream before the final norm.</summary>
    /// <param name="tokens">Token ids, <c>[batch, pos]</c>, Int64.</param>
    /// <param name="hooks">Which activations are read or replaced in this call.</param>
    /// <returns><c>[batch, pos, d_model]</c>.</returns>
    /// <exception cref="ArgumentException">The shape, the length or a hook's name does not fit the model.</exception>
    public Tensor Residual(Tensor tokens, ActivationHooks hooks)
    {
        using HeldTensors? held = HeldTensors.OutsideScopes(tokens);
        return Residual(tokens, hooks, prefix: null);
    }

    /// <summary>Final norm and unembedding, at whichever positions the residual has.</summary>
    /// <param name="residual">The last residual stream, <c>[…, d_model]</c>.</param>
    /// <param name="hooks">Which activations are read or replaced in this call.</param>
    /// <returns><c>[…, d_vocab]</c>.</returns>
    public Tensor Unembed(Tensor residual, ActivationHooks hooks)
    {
        using HeldTensors? held = HeldTensors.OutsideScopes(residual);
        Tensor normed = hooks.Apply(HookNames.FinalNormalized, _body.FinalNorm.forward(residual));
        Tensor logits = _unembedding is { } own
            ? own.forward(normed)
            : LinearProducts.Linear(normed, _body.EmbeddingWeight);
        return Config.LogitSoftCap is double cap ? logits.DividedBy(cap).tanh().Times(cap) : logits;
    }

    /// <summary>The last residual stream of tokens that follow a shared prefix.</summary>
    /// <param name="tokens">Token ids, <c>[batch, pos]</c>, Int64.</param>
    /// <param name="hooks">Which activations are read or replaced in this call.</param>
    /// <param name="prefix">What the tokens follow; null when they are the first.</param>
    /// <param name="asked">See <see cref="ForwardPass.Asked"/>; activations behind the last attention have these positions only.</param>
    /// <returns><c>[batch, pos, d_model]</c>, or <c>[batch, 1, d_model]</c> where positions are asked for.</returns>
    internal Tensor Residual(
        Tensor tokens,
        ActivationHooks hooks,
        SharedPrefix? prefix,
        Func<Tensor, Tensor>? asked = null
    )
    {
        tokens.MustHaveShape("tokens", ("batch", -1), ("pos", -1));
        long pos = tokens.size(1) + (prefix?.Length ?? 0);
        MustFit(pos);
        if (!hooks.IsEmpty)
        {
            hooks.MustBeAmong(_hookNames);
        }

        return _body.Forward(tokens, NewPass(tokens.size(1), hooks, prefix) with { Asked = asked });
    }

    /// <summary>What the blocks need to run on rows of which some places are asked for, see <see cref="LogitsAt"/>.</summary>
    internal ForwardPass PassAt(TokenBatch batch, Tensor places)
    {
        MustFit(batch.Pos);
        ForwardPass pass = NewPass(batch.Pos, ActivationHooks.None) with
        {
            // One row of places: [batch, pos, width] -> [1, place, width].
            Asked = all => all.flatten(0, 1).index_select(0, places).unsqueeze(0),
        };
        return batch.Layout is { } layout
            ? pass with
            {
                Layout = layout,
                Rotary = pass.Rotary?.At(layout.Positions),
            }
            : pass;
    }

    /// <summary>What the blocks need to run on so many positions, after a shared prefix where there is one.</summary>
    internal ForwardPass NewPass(long pos, ActivationHooks hooks, SharedPrefix? prefix = null)
    {
        long before = prefix?.Length ?? 0;
        RotaryTables? rotary = Config.RotaryDimensions > 0 ? _rotary.Tables(before, pos, Dtype, Device) : null;
        Tensor future = ones(pos, before + pos, ScalarType.Bool, Device).triu(before + 1);
        return new ForwardPass(hooks, future, rotary, prefix)
        {
            Window = Config.Window,
            FutureOrFar = Config.Window is { } window ? future.logical_or(Far(pos, before, window.Width)) : null,
        };
    }

    private void MustFit(long pos)
    {
        if (pos > Config.NCtx)
        {
            throw new ArgumentException(
                $"A prompt of {pos} tokens is longer than the model's context of {Config.NCtx}."
            );
        }
    }

    // Position i, counted with those before, sees none up to i - width.
    private Tensor Far(long pos, long before, long width) =>
        ones(pos, before + pos, ScalarType.Bool, Device).tril(before - width);

    /// <summary>Runs tokens with which all prompts begin, or each one.</summary>
    /// <param name="tokens">Token ids, <c>[1 or batch, prefix]</c>, Int64.</param>
    /// <param name="before">What these tokens follow; null when they are the first.</param>
    /// <returns>Keys and values of all tokens up to the last of these.</returns>
    internal SharedPrefix Prefix(Tensor tokens, SharedPrefix? before = null)
    {
        ForwardPass pass = NewPass(tokens.size(1), ActivationHooks.None, before);
        List<Tensor> keys = [];
        List<Tensor> values = [];
        Tensor residual = _body.Start(_body.Embed(tokens), pass);
        foreach ((int layer, Block block) in _body.Blocks.Index())
        {
            Tensor[] heads = block.Attention.Project(block.AttentionReads(residual));
            (Tensor key, Tensor value) = (block.Attention.ComparedKeys(heads[1], pass), heads[2]);
            if (before is not null)
            {
                (key, value) = before.Before(layer, key, value);
            }

            keys.Add(key);
            values.Add(value);
            if (keys.Count < Config.NLayers)
            {
                residual = block.Forward(residual, pass);
            }
        }

        return new SharedPrefix(pass.FirstPosition + tokens.size(1), [.. keys], [.. values]);
    }

    /// <summary>Does nothing: the constructor names the parts by their family.</summary>
    protected override void RegisterComponents() { }
}

/// <summary>A linear map inside a block, with the place that checkpoints and adapters name.</summary>
/// <param name="Layer">The block, from 0.</param>
/// <param name="Name">Its name within the block, such as <c>attention.query_key_value</c> or <c>attn.c_attn</c>.</param>
/// <param name="Module">
/// The map itself, <c>[out, in]</c> in every family, though GPT-2's checkpoints keep it as <c>[in, out]</c>; hooks on it see
/// its input and output.
/// </param>
/// <param name="Blocks">Where the model keeps its blocks, such as <c>gpt_neox.layers</c> or <c>transformer.h</c>.</param>
public sealed record ModelLinear(int Layer, string Name, LinearMap Module, string Blocks)
{
    /// <summary>Its name in the model, such as <c>gpt_neox.layers.0.attention.query_key_value</c>.</summary>
    public string Path => $"{Blocks}.{Layer}.{Name}";
}
