using CircuitPipeline.Circuits.Config;

namespace CircuitPipeline.Tests.Planning;

/// <summary>Shapes of models that plans are made for.</summary>
internal static class Shapes
{
    public static TransformerConfig Tiny { get; } = NeoX(layers: 6, heads: 4, width: 64);

    public static TransformerConfig Pythia1B4 { get; } = NeoX(layers: 24, heads: 16, width: 2_048);

    public static TransformerConfig Qwen05B { get; } =
        new()
        {
            Architecture = Architecture.Qwen2,
            NLayers = 24,
            NHeads = 14,
            NKeyValueHeads = 2,
            DModel = 896,
            DMlp = 4864,
            DVocab = 151_936,
            NCtx = 32_768,
            RotaryPercent = 1,
            AttentionOutputBias = false,
            MlpBias = false,
        };

    public static TransformerConfig NeoX(int layers, int heads, int width) =>
        new()
        {
            Architecture = Architecture.GptNeoX,
            NLayers = layers,
            NHeads = heads,
            DModel = width,
            DMlp = 4 * width,
            DVocab = 512,
            NCtx = 32,
            ParallelBlocks = true,
            RotaryPercent = 0.25,
        };
}
