using CircuitPipeline.Circuits.Config;
using CircuitPipeline.Prompts;
using CircuitPipeline.Prompts.PromptPairs;

namespace CircuitPipeline.Study.Engine;

/// <summary>A small model and prompt pairs of its tokens, on which a device is tried out.</summary>
internal static class TrialModel
{
    private const int DVocab = 16;

    /// <summary>Pairs of two lengths, so that padding is part of it.</summary>
    internal static EncodedPairs Pairs
    {
        get
        {
            SeededRandom random = new(1);
            return EncodedPairs.Of(
                Enumerable
                    .Range(0, 4)
                    .Select(index =>
                    {
                        int[] clean =
                        [
                            .. Enumerable.Range(0, 6 + index % 2).Select(_ => random.Between(0, DVocab - 1)),
                        ];
                        int[] corrupted = [.. clean];
                        corrupted[2] = (clean[2] + 1) % DVocab;
                        return new EncodedPair([.. clean], [.. corrupted], index, index + 5);
                    })
            );
        }
    }

    /// <summary>The shape, of the family GPT-NeoX.</summary>
    /// <param name="layers">Number of blocks.</param>
    /// <param name="heads">Attention heads per block.</param>
    /// <param name="width">Width of the residual stream; a quarter of the MLP's.</param>
    internal static TransformerConfig Shape(int layers, int heads, int width) =>
        new()
        {
            Architecture = Architecture.GptNeoX,
            NLayers = layers,
            NHeads = heads,
            DModel = width,
            DMlp = 4 * width,
            DVocab = DVocab,
            NCtx = 16,
            ParallelBlocks = true,
            RotaryPercent = 0.5,
            InitializerRange = 0.2,
        };
}
