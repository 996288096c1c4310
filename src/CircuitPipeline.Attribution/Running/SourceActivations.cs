using CircuitPipeline.Attribution.Pairs;
using CircuitPipeline.Circuits.Config;
using CircuitPipeline.Circuits.Graph;
using CircuitPipeline.Models;
using CircuitPipeline.Models.Activations;
using TorchSharp;
using static TorchSharp.torch;

namespace CircuitPipeline.Attribution.Running;

/// <summary>What the sources of a computation graph hold in one run; heads before their output map.</summary>
/// <remarks>
/// Where the family norms what the heads write together, a head's z is multiplied by that norm's scale, so that what a head
/// adds to the residual stream is a linear map of it and the heads' parts add up to the whole.
/// </remarks>
/// <param name="Embedding">Token embeddings, <c>[batch, pos, d_model]</c>.</param>
/// <param name="HeadZs">By layer, <c>[batch, pos, head, d_head]</c>.</param>
/// <param name="MlpOutputs">By layer, with their bias, <c>[batch, pos, d_model]</c>.</param>
internal sealed record SourceActivations(Tensor Embedding, Tensor[] HeadZs, Tensor[] MlpOutputs)
{
    internal static IEnumerable<string> Names(TransformerConfig config) =>
        [
            HookNames.Embed,
            .. Enumerable
                .Range(0, config.NLayers)
                .SelectMany(layer =>
                    (string[])
                        [
                            HookNames.HeadZ(layer),
                            .. config.Family.NormsWhatIsWritten
                                ? [HookNames.AttentionInverseScale(layer)]
                                : (string[])[],
                            HookNames.MlpOutput(layer),
                        ]
                ),
        ];

    internal static SourceActivations From(IReadOnlyDictionary<string, Tensor> seen, TransformerConfig config)
    {
        int[] layers = [.. Enumerable.Range(0, config.NLayers)];
        return new SourceActivations(
            seen[HookNames.Embed],
            [.. layers.Select(Written)],
            [.. layers.Select(layer => seen[HookNames.MlpOutput(layer)])]
        );

        Tensor Written(int layer)
        {
            Tensor z = seen[HookNames.HeadZ(layer)];
            return config.Family.NormsWhatIsWritten
                ? z * seen[HookNames.AttentionInverseScale(layer)].to(z.dtype).unsqueeze(-1)
                : z;
        }
    }

    /// <summary>Zeros for one example.</summary>
    internal static SourceActivations Zeros(TransformerConfig config, long pos, ScalarType type, Device device)
    {
        Tensor Of(params long[] sizes) => zeros([1, pos, .. sizes], type, device);

        int[] layers = [.. Enumerable.Range(0, config.NLayers)];
        return new SourceActivations(
            Of(config.DModel),
            [.. layers.Select(_ => Of(config.NHeads, config.DHead))],
            [.. layers.Select(_ => Of(config.DModel))]
        );
    }

    /// <summary>Runs a model on prompts without recording gradients.</summary>
    /// <param name="model">The model.</param>
    /// <param name="batch">Says where the answers are asked for.</param>
    /// <param name="tokens">Its clean or its corrupted prompts.</param>
    /// <param name="onlyAnswers">
    /// Whether the last MLP is run at the answer positions only, and its output is 0 elsewhere: enough where it reaches
    /// nothing but the logits there.
    /// </param>
    /// <returns>The activations and the logits at the answer positions, <c>[batch, d_vocab]</c>.</returns>
    internal static (SourceActivations Activations, Tensor Logits) Of(
        Transformer model,
        PairBatch batch,
        Tensor tokens,
        bool onlyAnswers = false
    )
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable frozen = no_grad();
        Dictionary<string, Tensor> seen = [];
        TransformerConfig config = model.Config;
        ActivationHooks hooks = ActivationHooks.None.Reading(Names(config), seen.Add);
        Tensor residual = model.Residual(tokens, hooks, batch.Prefix, onlyAnswers ? batch.OnlyAnswer : null);
        Tensor logits = model.Unembed(
            onlyAnswers ? residual.squeeze(1) : batch.AtAnswer(residual),
            ActivationHooks.None
        );
        if (onlyAnswers)
        {
            foreach (string name in seen.Keys.Where(name => seen[name].size(1) != batch.Positions).ToArray())
            {
                seen[name] = batch.FromAnswer(seen[name]);
            }
        }

        SourceActivations held = From(seen, config);
        return (held.Select(tensor => tensor.MoveToOuterDisposeScope()), logits.MoveToOuterDisposeScope());
    }

    /// <summary>Something else of each tensor.</summary>
    internal SourceActivations Select(Func<Tensor, Tensor> map) => Zip(this, (mine, _) => map(mine));

    /// <summary>Something of each tensor and of the other's at the same place.</summary>
    internal SourceActivations Zip(SourceActivations other, Func<Tensor, Tensor, Tensor> map) =>
        new(
            map(Embedding, other.Embedding),
            [.. HeadZs.Zip(other.HeadZs, map)],
            [.. MlpOutputs.Zip(other.MlpOutputs, map)]
        );

    internal SourceActivations Minus(SourceActivations other) => Zip(other, (mine, theirs) => mine - theirs);

    /// <summary>
    /// What each source writes to the residual stream, in the order of <see cref="ComputationGraph.SourceIndex"/>; a
    /// head's result has no output bias, so the map is linear and may be applied to differences.
    /// </summary>
    /// <returns><c>[source, batch, pos, d_model]</c>.</returns>
    internal Tensor Outputs(Transformer model)
    {
        using DisposeScope scope = NewDisposeScope();
        List<Tensor> outputs = [Embedding.unsqueeze(0)];
        for (int layer = 0; layer < HeadZs.Length; layer++)
        {
            outputs.Add(HeadResults(HeadZs[layer], model.Body.Blocks[layer].HeadWeights));
            outputs.Add(MlpOutputs[layer].unsqueeze(0));
        }

        return cat(outputs).MoveToOuterDisposeScope();
    }

    /// <summary>Each head's mixed values through its part of the output map.</summary>
    /// <param name="z"><c>[batch, pos, head, d_head]</c>.</param>
    /// <param name="weights"><c>[head, d_head, d_model]</c>.</param>
    /// <returns><c>[head, batch, pos, d_model]</c>.</returns>
    internal static Tensor HeadResults(Tensor z, Tensor weights)
    {
        (long batch, long pos, long heads, long dHead) = (z.size(0), z.size(1), z.size(2), z.size(3));
        Tensor byHead = z.permute(2, 0, 1, 3).reshape(heads, batch * pos, dHead);
        return byHead.bmm(weights).view(heads, batch, pos, weights.size(2));
    }
}
