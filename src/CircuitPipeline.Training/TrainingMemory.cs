using CircuitPipeline.Circuits.Config;

namespace CircuitPipeline.Training;

/// <summary>How much memory a step of training takes at most, beside the program itself, counted from the code.</summary>
/// <remarks>
/// With d = d_model and T tokens in a pass:
/// <code>
/// weights        of the base, in its element type
/// trained        6 numbers of 4 bytes for each trained parameter: itself or its master, AdamW's two means, room for a step, its
///                gradient as it comes and beside the others; where these are the weights themselves in float32, 5 beside them
/// activations    of a block: T x (26 d + 3 d_mlp + 4 heads x positions); of all blocks, or with checkpointing of one
///                and the residual streams before them, 2 T x d each with the gradient
/// logits         3 d_vocab for every place that is asked for
/// </code>
/// </remarks>
/// <param name="config">The model's shape.</param>
/// <param name="bytesPerNumber">Of a weight and an activation: 4 or 2.</param>
/// <param name="trained">Trained parameters.</param>
/// <param name="isFull">Whether these are the weights themselves.</param>
public sealed class TrainingMemory(TransformerConfig config, int bytesPerNumber, long trained, bool isFull)
{
    /// <summary>Bytes of a step.</summary>
    /// <param name="tokens">Tokens in a pass, padding included.</param>
    /// <param name="positions">Tokens of the longest row.</param>
    /// <param name="places">Where logits are asked for.</param>
    /// <param name="checkpointing">See <see cref="TrainingOptions.ActivationCheckpointing"/>.</param>
    public long Bytes(long tokens, int positions, long places, bool checkpointing)
    {
        double weights = (double)bytesPerNumber * config.ParameterCount;
        double optimized = 4.0 * trained * (isFull && bytesPerNumber == 4 ? 5 : 6);
        double block = tokens * (26.0 * config.DModel + 3.0 * config.DMlp + 4.0 * config.NHeads * positions);
        double activations = checkpointing
            ? block + 2.0 * config.NLayers * tokens * config.DModel
            : config.NLayers * block;
        return (long)(weights + optimized + bytesPerNumber * (activations + 3.0 * places * config.DVocab));
    }
}
