using CircuitPipeline.Circuits.Config;
using static TorchSharp.torch;

namespace CircuitPipeline.Attribution.Running;

/// <summary>How many numbers a layer makes on the way in a run without gradients, for each position of an example.</summary>
/// <param name="Attention">What the heads read, queries, keys, values, and <paramref name="Mixing"/>.</param>
/// <param name="Mixing">Norms, rotation and products of queries, keys and values.</param>
/// <param name="Writing">What the heads write together, and the MLP.</param>
internal readonly record struct LayerNumbers(double Attention, double Mixing, double Writing)
{
    /// <summary>The whole layer.</summary>
    internal double All => Attention + Writing;

    /// <summary>Counted from Block, Attention and Mlp; all of a block is freed at its end.</summary>
    internal static LayerNumbers Of(TransformerConfig config, ScalarType dtype, int positions)
    {
        ModelFamily family = config.Family;
        (double d, double q) = (config.DModel, config.DHeads);
        bool isNarrow = dtype is ScalarType.Float16 or ScalarType.BFloat16;
        // The input in float32 where it is narrower, its square, the normalized numbers; then the result.
        double rms = isNarrow ? 8 : 3;
        double norm = family.Normalization == Normalization.LayerNorm ? 1 : rms;
        double turned = config.DHead == 0 ? 0 : (double)config.RotaryDimensions / config.DHead;
        double rotation = 2 * q * (4.5 * turned + (turned is > 0 and < 1 ? 1 : 0));
        double normed = family.QueryKeyNorm == QueryKeyNorm.None ? 0 : 2 * rms * q;
        double scores = (config.AttentionSoftCap is null ? 4.0 : 7.0) * config.NHeads * positions;
        double mixing = rotation + normed + scores + 4 * q; // z, and the products' operands side by side
        double shared = config.KeyValueHeads == config.NHeads ? 0 : 2 * q;
        double written = family.NormsWhatIsWritten ? 2 * (norm + 1) * d : 0;
        double mlp = (family.MlpGate is null ? 2.0 : 4.0) * config.DMlp;
        return new LayerNumbers(norm * d + 3 * q + shared + mixing, mixing, q + 4 * d + norm * d + mlp + written);
    }
}
