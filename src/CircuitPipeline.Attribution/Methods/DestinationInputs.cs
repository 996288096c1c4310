using CircuitPipeline.Attribution.Running;
using CircuitPipeline.Circuits.Config;
using CircuitPipeline.Models;
using CircuitPipeline.Models.Activations;
using CircuitPipeline.Tensors.Calls;
using TorchSharp;
using static TorchSharp.torch;

namespace CircuitPipeline.Attribution.Methods;

/// <summary>What the sources hold and what the destinations read in one run.</summary>
internal sealed class DestinationInputs
{
    private readonly Dictionary<string, Tensor> _seen = [];
    private readonly Transformer _model;
    private readonly Tensor _last;

    internal DestinationInputs(Transformer model, Tensor tokens)
    {
        _model = model;
        string[] names =
        [
            .. SourceActivations.Names(model.Config),
            .. Enumerable
                .Range(0, Layers)
                .SelectMany(layer => (string[])[HookNames.ResidualBefore(layer), HookNames.AttentionOutput(layer)]),
        ];
        using DisposeScope scope = NewDisposeScope();
        _last = model.Residual(tokens, ActivationHooks.None.Reading(names, _seen.Add)).MoveToOuterDisposeScope();
        // Without positions of its own the first residual is the embedding itself, under two names.
        foreach (Tensor seen in _seen.Values.Distinct(ReferenceEqualityComparer.Instance).Cast<Tensor>())
        {
            seen.MoveToOuterDisposeScope();
        }
    }

    /// <summary>What the sources hold.</summary>
    internal SourceActivations Sources => SourceActivations.From(_seen, _model.Config);

    private int Layers => _model.Config.NLayers;

    /// <summary>Yields the first of several destinations that read the same, their number, and what they read, <c>[batch, pos, d_model]</c>.</summary>
    internal IEnumerable<(int First, int Count, Tensor Input)> Inputs()
    {
        TransformerConfig config = _model.Config;
        int heads = 3 * config.NHeads;
        for (int layer = 0; layer < Layers; layer++)
        {
            Tensor residual = _seen[HookNames.ResidualBefore(layer)];
            int first = layer * (heads + 1);
            yield return (first, heads, residual);
            Tensor attended = _seen[HookNames.AttentionOutput(layer)];
            yield return (first + heads, 1, config.ParallelBlocks ? residual : residual.Plus(attended));
        }

        yield return (Layers * (heads + 1), 1, _last);
    }
}
