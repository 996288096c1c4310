using CircuitPipeline.Circuits.Config;
using CircuitPipeline.Models.Activations;
using CircuitPipeline.Tensors.Calls;
using static TorchSharp.torch;

namespace CircuitPipeline.Models.Layers;

/// <summary>One layer: attention and MLP, each with the norms of its family, added to the residual stream.</summary>
internal sealed class Block : FamilyModule
{
    private readonly TransformerConfig _config;
    private readonly int _layer;

    internal Block(TransformerConfig config, int layer, UninitializedLayers parts)
        : base(nameof(Block))
    {
        (_config, _layer) = (config, layer);
        ModelFamily family = config.Family;
        AttentionNorm = NormOf(family.AttentionNorm);
        AttentionPostNorm = NormOf(family.AttentionPostNorm);
        MlpNorm = NormOf(family.MlpNorm);
        MlpPostNorm = NormOf(family.MlpPostNorm);
        Attention = new Attention(config, layer, parts);
        Mlp = new Mlp(config, layer, parts);
        Register(
            (family.AttentionNorm ?? "", AttentionNorm),
            (family.AttentionPostNorm ?? "", AttentionPostNorm),
            (family.MlpNorm ?? "", MlpNorm),
            (family.MlpPostNorm ?? "", MlpPostNorm),
            (family.Attention, Attention),
            (InMlp(family.MlpGate ?? ""), Mlp.Gate),
            (InMlp(family.MlpIn), Mlp.In),
            (InMlp(family.MlpOut), Mlp.Out)
        );

        LinearMap[] modules =
        [
            .. Attention.Maps.Maps,
            Attention.Output,
            .. Mlp.Gate is { } gate ? [gate] : (LinearMap[])[],
            Mlp.In,
            Mlp.Out,
        ];
        // Once: every run asks whether an adapter is attached to one of them.
        LinearModules =
        [
            .. config.LinearMaps.Zip(
                modules,
                (map, module) => new ModelLinear(layer, map.Path, module, family.BlocksPath)
            ),
        ];

        Norm? NormOf(string? name) =>
            name is null ? null : parts.Norm(family.Normalization, config.DModel, config.NormEps);

        string InMlp(string name) => family.Mlp.Length == 0 ? name : $"{family.Mlp}.{name}";
    }

    /// <summary>The block's linear maps, in the order of <see cref="TransformerConfig.LinearMaps"/>.</summary>
    internal IReadOnlyList<ModelLinear> LinearModules { get; }

    internal bool IsParallel => _config.ParallelBlocks;

    /// <summary>The norm of what the heads read; null where they read the residual as it is.</summary>
    internal Norm? AttentionNorm { get; }

    /// <summary>The norm of what the heads write together; null where they write it as it is.</summary>
    internal Norm? AttentionPostNorm { get; }

    /// <summary>The norm of what the MLP reads; null where it reads the residual as it is.</summary>
    internal Norm? MlpNorm { get; }

    /// <summary>The norm of what the MLP writes; null where it writes it as it is.</summary>
    internal Norm? MlpPostNorm { get; }

    internal Attention Attention { get; }

    internal Mlp Mlp { get; }

    /// <summary>
    /// The map from each head's z, times the post norm's scale where the family has one, to what it adds to the residual
    /// stream, without gradient, <c>[head, d_head, d_model]</c>.
    /// </summary>
    internal Tensor HeadWeights =>
        AttentionPostNorm is { } norm ? Attention.OutputWeights * norm.Factor : Attention.OutputWeights;

    /// <summary>
    /// Reads the residual stream, <c>[batch, pos, d_model]</c>, and returns it, at the positions that are asked for.
    /// </summary>
    internal Tensor Forward(Tensor residual, ForwardPass pass)
    {
        residual = pass.Hooks.Apply(HookNames.ResidualBefore(_layer), residual);
        Tensor normed = pass.Hooks.Apply(HookNames.AttentionInput(_layer), AttentionReads(residual));
        Tensor attended = AttentionWrites(Attention.Forward(normed, pass), pass);
        residual = pass.Asked?.Invoke(residual) ?? residual;
        Tensor middle = residual.Plus(attended);
        // In a parallel block the MLP does not see its own layer's heads.
        Tensor after = middle.Plus(MlpWrites(IsParallel ? residual : middle, pass));
        return pass.Hooks.Apply(HookNames.ResidualAfter(_layer), after);
    }

    /// <summary>What the heads read of a residual, both <c>[…, d_model]</c>.</summary>
    internal Tensor AttentionReads(Tensor residual) => Read(AttentionNorm, residual);

    /// <summary>What the heads add to the residual stream, of each head's z, <c>[batch, pos, head, d_head]</c>.</summary>
    internal Tensor HeadsWrite(Tensor z, ForwardPass pass) => AttentionWrites(Attention.Combine(z), pass);

    /// <summary>The scale by which each head's z is multiplied before <see cref="HeadWeights"/>, <c>[batch, pos, 1, 1]</c>; null where there is none.</summary>
    internal Tensor? HeadScale(Tensor z) =>
        AttentionPostNorm?.InverseScale(Attention.Combine(z)).to(z.dtype).unsqueeze(-1);

    /// <summary>What the MLP adds to the residual stream, of the residual that it reads, both <c>[batch, pos, d_model]</c>.</summary>
    internal Tensor MlpWrites(Tensor residual, ForwardPass pass)
    {
        Tensor normed = pass.Hooks.Apply(HookNames.MlpInput(_layer), Read(MlpNorm, residual));
        Tensor output = Mlp.Forward(normed, pass);
        return pass.Hooks.Apply(HookNames.MlpOutput(_layer), MlpPostNorm?.forward(output) ?? output);
    }

    // Without a norm a view of its own, so that a gradient at it is not that of the residual stream.
    private static Tensor Read(Norm? norm, Tensor residual) => norm?.forward(residual) ?? residual.view(residual.shape);

    private Tensor AttentionWrites(Tensor sum, ForwardPass pass)
    {
        if (AttentionPostNorm is { } norm)
        {
            Tensor scale = norm.InverseScale(sum);
            sum = norm.Scaled(sum, pass.Hooks.Apply(HookNames.AttentionInverseScale(_layer), scale));
        }

        return pass.Hooks.Apply(HookNames.AttentionOutput(_layer), sum);
    }
}
