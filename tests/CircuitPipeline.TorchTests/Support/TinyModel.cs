using CircuitPipeline.Circuits.Config;
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

    /// <summary>The same sizes in the other family: learned positions, tied embeddings, sequential blocks.</summary>
    internal static TransformerConfig Gpt2Config(int layers = 2) =>
        Config(layers, isParallel: false) with
        {
            Architecture = Architecture.Gpt2,
            RotaryPercent = 0,
            Activation = Activation.GeluTanh,
            TiedEmbeddings = true,
        };

    internal static Transformer Create(TransformerConfig config, ulong seed = 1)
    {
        using torch.Generator random = new(seed);
        return TransformerFactory.Create(config, random).to(torch.float64);
    }

    internal static Transformer Create(ulong seed = 1, int layers = 2, bool isParallel = true) =>
        Create(Config(layers, isParallel), seed);

    internal static torch.Tensor Tokens(params long[] ids) => torch.tensor(ids, [1, ids.Length]);
}
