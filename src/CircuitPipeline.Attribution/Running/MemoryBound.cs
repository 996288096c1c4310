using System.Globalization;
using CircuitPipeline.Circuits.Config;
using static TorchSharp.torch;

namespace CircuitPipeline.Attribution.Running;

/// <summary>How much memory a run takes at most, as a line in the batch, and so the largest batch that a memory holds.</summary>
/// <remarks>
/// Counted from the code, with d = d_model and numbers of the model's element type:
/// <code>
/// fixed          the weights and the runtime with its libraries, 400 MB
/// per example, for each position:
///   gradients    per run and layer, kept for the backward pass and the scores: 26 d + 2 d_mlp + 4 heads x positions, d at least
///                heads x d_head; 3 d_mlp more with a gate, 3 heads x positions with a soft cap, 10 d with norms of what is written,
///                12 heads x d_head with norms of queries and keys;
///                once: 3 sources x d for the differences, 10 runs x (d_mlp + 3 d) and 4 x 3 heads x d for a layer's work
///   circuits     3 sources x d, 8 x 3 heads x d for a layer's inputs and their norms, 8 d_mlp
/// per example    per run, 4 d_vocab for the logits, their gradient and what the metric makes of them
/// </code>
/// The bench <c>memory</c> holds the first against the measured peak.
/// </remarks>
/// <param name="FixedBytes">What does not depend on the batch.</param>
/// <param name="BytesPerExample">What every example of a batch adds.</param>
public sealed record MemoryBound(long FixedBytes, long BytesPerExample)
{
    private const long RuntimeBytes = 400_000_000;

    /// <summary>Of the methods that differentiate a run: <c>eap</c>, <c>clean-corrupted</c>, <c>eap-ig-*</c>.</summary>
    /// <param name="config">The transformer's shape.</param>
    /// <param name="dtype">The element type of the weights and activations.</param>
    /// <param name="runs">Runs at a time: the steps, 1 for <c>eap</c> and 2 for <c>clean-corrupted</c>.</param>
    /// <param name="positions">Tokens of the longest prompt, with those that a batch shares: their keys and values stay.</param>
    /// <returns>The bound.</returns>
    public static MemoryBound OfGradients(TransformerConfig config, ScalarType dtype, int runs, int positions)
    {
        ModelFamily family = config.Family;
        double wide = Math.Max(config.DModel, config.DHeads);
        double kept =
            26.0 * wide
            + (family.MlpGate is null ? 2.0 : 5.0) * config.DMlp
            + (config.AttentionSoftCap is null ? 4.0 : 7.0) * config.NHeads * positions
            + (family.NormsWhatIsWritten ? 10.0 * config.DModel : 0)
            + (family.QueryKeyNorm == QueryKeyNorm.None ? 0 : 12.0 * config.DHeads);
        double once =
            Outputs(config) + runs * 10.0 * (config.DMlp + 3.0 * config.DModel) + 12.0 * config.NHeads * config.DModel;
        return Of(config, dtype, positions * (runs * config.NLayers * kept + once) + runs * 4.0 * config.DVocab);
    }

    /// <summary>Of the evaluation of circuits, however many at once.</summary>
    /// <param name="config">The transformer's shape.</param>
    /// <param name="dtype">The element type of the weights and activations.</param>
    /// <param name="positions">Tokens of the longest prompt, with those that a batch shares: their keys and values stay.</param>
    /// <returns>The bound.</returns>
    public static MemoryBound OfCircuits(TransformerConfig config, ScalarType dtype, int positions)
    {
        double perPosition = Outputs(config) + 24.0 * config.NHeads * config.DModel + 8.0 * config.DMlp;
        return Of(config, dtype, positions * perPosition + 3 * 4.0 * config.DVocab);
    }

    /// <summary>The bound for so many examples at a time.</summary>
    /// <param name="batch">At least 1.</param>
    /// <returns>Bytes, of the device's memory where the model is not on the processor.</returns>
    public long Bytes(int batch) => checked(FixedBytes + batch * BytesPerExample);

    /// <summary>The most examples at a time that keep the bound.</summary>
    /// <param name="bytes">The memory that may be used.</param>
    /// <returns>At least 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Not even one example fits.</exception>
    public int BatchWithin(long bytes) =>
        bytes >= Bytes(1)
            ? (int)Math.Min(int.MaxValue, (bytes - FixedBytes) / BytesPerExample)
            : throw new ArgumentOutOfRangeException(
                nameof(bytes),
                $"A memory of {Shown(bytes)} does not hold one example; this model needs at least {Shown(Bytes(1))}, {Shown(FixedBytes)} of them for its weights and the runtime."
            );

    // Rounded up, so that what is said is enough; small amounts in full, where a unit is often forgotten.
    private static string Shown(long bytes) =>
        bytes switch
        {
            >= 1_000_000_000 => string.Create(
                CultureInfo.InvariantCulture,
                $"{Math.Ceiling(bytes / 1e7) / 100:0.##} GB"
            ),
            >= 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(bytes / 1e4) / 100:0.##} MB"),
            1 => "1 byte",
            _ => string.Create(CultureInfo.InvariantCulture, $"{bytes:N0} bytes"),
        };

    private static double Outputs(TransformerConfig config) =>
        3.0 * (1 + config.NLayers * (config.NHeads + 1)) * config.DModel;

    private static MemoryBound Of(TransformerConfig config, ScalarType dtype, double numbersPerExample)
    {
        int width = dtype switch
        {
            ScalarType.Float64 => 8,
            ScalarType.Float16 or ScalarType.BFloat16 => 2,
            _ => 4,
        };
        return new MemoryBound(RuntimeBytes + width * config.ParameterCount, (long)(width * numbersPerExample));
    }
}
