using CircuitPipeline.Circuits;
using static TorchSharp.torch;

namespace CircuitPipeline.Models;

/// <summary>
/// A decoder-only transformer of the GPT-NeoX family: rotary positions, parallel or sequential blocks, untied
/// unembedding. Its parameters carry Hugging Face's names, so that a state dictionary is a checkpoint.
/// </summary>
/// <remarks>
/// <code>
/// residual = embedding[token]
/// for each block: residual += attention(norm(residual)) + mlp(norm(residual))
/// logits = unembedding(norm(residual))
/// </code>
/// Right padding needs no mask: a real token never looks to its right.
/// </remarks>
public sealed class Transformer : nn.Module<Tensor, Tensor>
{
    private readonly IReadOnlySet<string> _hookNames;
    private readonly RotaryEmbedding _rotary;

    [TorchSharp.Utils.ComponentName(Name = "gpt_neox")]
    private readonly Body _body;

    [TorchSharp.Utils.ComponentName(Name = "embed_out")]
    private readonly TorchSharp.Modules.Linear _unembedding;

    /// <summary>Builds a model whose weights are not yet meant to be used: draw or load them next.</summary>
    /// <param name="config">The shape; its family must be GPT-NeoX.</param>
    /// <exception cref="NotSupportedException">The family is another one.</exception>
    internal Transformer(TransformerConfig config)
        : base(nameof(Transformer))
    {
        if (config.Architecture != Architecture.GptNeoX || config.TiedEmbeddings)
            throw new NotSupportedException(
                $"A model of family '{config.Architecture}' {(config.TiedEmbeddings ? "with tied embeddings " : "")}"
                    + "cannot be built; this version builds 'GptNeoX' with untied embeddings."
            );
        Config = config;
        _hookNames = HookNames.All(config.NLayers).ToHashSet(StringComparer.Ordinal);
        _rotary = new RotaryEmbedding(config);
        _body = new Body(config, _rotary);
        _unembedding = nn.Linear(config.DModel, config.DVocab, hasBias: false);
        RegisterComponents();
    }

    /// <summary>The model's shape.</summary>
    public TransformerConfig Config { get; }

    /// <summary>Where the weights are.</summary>
    public Device Device => _unembedding.weight.device;

    /// <summary>The element type of the weights and of all activations.</summary>
    public ScalarType Dtype => _unembedding.weight.dtype;

    /// <summary>Number of parameters.</summary>
    public long ParameterCount => parameters().Sum(parameter => parameter.numel());

    /// <summary>The linear maps of all blocks, four a layer, in the order of the layers; what adapters attach to.</summary>
    public IEnumerable<ModelLinear> LinearModules => _body.LinearModules;

    /// <summary>Logits of the next token at every position.</summary>
    /// <param name="tokens">Token ids, <c>[batch, pos]</c>, Int64.</param>
    /// <returns><c>[batch, pos, d_vocab]</c>.</returns>
    public override Tensor forward(Tensor tokens) => Forward(tokens, ActivationHooks.None);

    /// <summary>Logits of the next token at every position, with activations read or replaced.</summary>
    /// <param name="tokens">Token ids, <c>[batch, pos]</c>, Int64.</param>
    /// <param name="hooks">Which activations are read or replaced in this call.</param>
    /// <returns><c>[batch, pos, d_vocab]</c>.</returns>
    public Tensor Forward(Tensor tokens, ActivationHooks hooks) => Unembed(Residual(tokens, hooks), hooks);

    /// <summary>The last residual stream before the final norm.</summary>
    /// <param name="tokens">Token ids, <c>[batch, pos]</c>, Int64.</param>
    /// <param name="hooks">Which activations are read or replaced in this call.</param>
    /// <returns><c>[batch, pos, d_model]</c>.</returns>
    /// <exception cref="ArgumentException">The shape, the length or a hook's name does not fit the model.</exception>
    public Tensor Residual(Tensor tokens, ActivationHooks hooks)
    {
        tokens.MustHaveShape("tokens", ("batch", -1), ("pos", -1));
        long pos = tokens.size(1);
        if (pos > Config.NCtx)
            throw new ArgumentException(
                $"A prompt of {pos} tokens is longer than the model's context of {Config.NCtx}."
            );
        if (!hooks.IsEmpty)
            hooks.MustBeAmong(_hookNames);
        return _body.Forward(tokens, NewPass(pos, hooks));
    }

    /// <summary>Final norm and unembedding, at whichever positions the residual has.</summary>
    /// <param name="residual">The last residual stream, <c>[…, d_model]</c>.</param>
    /// <param name="hooks">Which activations are read or replaced in this call.</param>
    /// <returns><c>[…, d_vocab]</c>.</returns>
    public Tensor Unembed(Tensor residual, ActivationHooks hooks) =>
        _unembedding.forward(hooks.Apply(HookNames.FinalNormalized, _body.FinalNorm.forward(residual)));

    /// <summary>What circuit runs, which give each head its own inputs, walk through themselves.</summary>
    internal Body Body => _body;

    /// <summary>What the blocks need to run on so many positions.</summary>
    internal ForwardPass NewPass(long pos, ActivationHooks hooks)
    {
        (Tensor cosine, Tensor sine) = _rotary.Table(pos, Dtype, Device);
        Tensor future = ones(pos, pos, ScalarType.Bool, Device).triu(1);
        return new ForwardPass(hooks, future, cosine, sine);
    }
}
