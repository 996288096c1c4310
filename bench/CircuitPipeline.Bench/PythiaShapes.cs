using CircuitPipeline.Circuits.Config;
using CircuitPipeline.Models;
using static TorchSharp.torch;

namespace CircuitPipeline.Bench;

/// <summary>Models of Pythia's shapes (arXiv:2304.01373, table 1) with random weights.</summary>
internal static class PythiaShapes
{
    internal static TransformerConfig Of(string size) =>
        size switch
        {
            "70m" => Shape(6, 8, 512),
            "160m" => Shape(12, 12, 768),
            "410m" => Shape(24, 16, 1024),
            "1.4b" => Shape(24, 16, 2048),
            _ => throw new ArgumentOutOfRangeException(nameof(size)),
        };

    internal static Transformer Create(TransformerConfig config)
    {
        using Generator random = new(1);
        return TransformerFactory.Create(config, random);
    }

    internal static Transformer Create(string size) => Create(Of(size));

    private static TransformerConfig Shape(int layers, int heads, int width) =>
        new()
        {
            Architecture = Architecture.GptNeoX,
            NLayers = layers,
            NHeads = heads,
            DModel = width,
            DMlp = 4 * width,
            DVocab = 50_304,
            NCtx = 2048,
            ParallelBlocks = true,
            RotaryPercent = 0.25,
        };
}
