using CircuitPipeline.Circuits;
using CircuitPipeline.Models;
using TorchSharp;

namespace CircuitPipeline.TorchTests;

/// <summary>Small float64 models with weights large enough that every part matters.</summary>
internal static class TinyModel
{
    internal const int DVocab = 11;

    internal static TransformerConfig Config(int layers = 2, bool isParallel = true) =>
        new()
        {
            Architecture = Architecture.GptNeoX,
            NLayers = layers,
            NHeads = 2,
            DModel = 8,
            DMlp = 16,
            DVocab = DVocab,
            NCtx = 12,
            ParallelBlocks = isParallel,
            RotaryPercent = 0.5,
            InitializerRange = 0.5,
        };

    internal static Transformer Create(ulong seed = 1, int layers = 2, bool isParallel = true)
    {
        using torch.Generator random = new(seed);
        return TransformerFactory.Create(Config(layers, isParallel), random).to(torch.float64);
    }

    internal static torch.Tensor Tokens(params long[] ids) => torch.tensor(ids, [1, ids.Length]);
}
