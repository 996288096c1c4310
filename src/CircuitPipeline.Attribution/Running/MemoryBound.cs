using System.Globalization;
using CircuitPipeline.Attribution.Methods;
using CircuitPipeline.Circuits.Config;
using static TorchSharp.torch;

namespace CircuitPipeline.Attribution.Running;

/// <summary>How much memory a run takes at most, as a line in the batch, and so the largest batch that a memory holds.</summary>
/// <remarks>
/// Counted from the code, with d = d_model and numbers of the model's element type:
/// <code>
/// fixed          the weights and the runtime with its libraries, 400 MB; 280 MB for random, which multiplies nothing: neither the
///                code nor the threads' buffers of products are loaded. For gradients and circuits, which give each head maps of its own,
///                a copy of a layer's maps to queries, keys and values: 3 heads x d_head x d, and 2 more where heads share keys and
///                values, none where the family's weights lie so already; 1 more with norms of what is written
/// per example, for each position:
///   gradients    per run and layer, kept for the backward pass and the scores: 26 d + 2 d_mlp + 4 heads x positions, d at least
///                heads x d_head; 3 d_mlp more with a gate, 3 heads x positions with a soft cap, 10 d with norms of what is written,
///                12 heads x d_head with norms of queries and keys;
///                once: 3 sources x d for the differences, 4 runs x (d_mlp + 3 d) and 4 x 3 heads x d for a layer's work, or
///                what all layers of the other prompts' run make; a fifth more for eap-ig-activations
///   exact        sources x d for the differences, and once, for the sources that reach it, what a layer makes, see LayerNumbers
///   information-flow-routes   what all layers make, or the sources' outputs twice
///   random       nothing
///   circuits     3 sources x d, 8 x 3 heads x d for a layer's inputs and their norms, 8 d_mlp
/// per example    per run, 4 d_vocab for the logits, their gradient and what the metric makes of them
/// </code>
/// and for <c>exact</c> 4 to 9 d_vocab per source. The benches <c>memory</c> and <c>method-memory</c> hold them against measured
/// peaks.
/// </remarks>
/// <param name="FixedBytes">What does not depend on the batch.</param>
/// <param name="BytesPerExample">What every example of a batch adds.</param>
public sealed record MemoryBound(long FixedBytes, long BytesPerExample)
{
    /// <summary>What .NET and libtorch take before any model is there.</summary>
    public const long RuntimeBytes = 400_000_000;
    private const long RuntimeWithoutProductsBytes = 280_000_000;

    // What the C library's heap holds of freed tensors of other sizes, and products keep for themselves, is measured.
    private const double Kept = 1.15;
    private const double KeptIn16Bits = 1.35;

    /// <summary>Of an attribution method.</summary>
    /// <param name="method">One of <see cref="AttributionMethods.Names"/>.</param>
    /// <param name="steps">Points of the integration, for the methods that have them.</param>
    /// <param name="config">The transformer's shape.</param>
    /// <param name="dtype">The element type of the weights and activations.</param>
    /// <param name="positions">Tokens of the longest prompt, with those that a batch shares: their keys and values stay.</param>
    /// <param name="metric">What is measured; null where the method measures nothing.</param>
    /// <returns>The bound.</returns>
    /// <exception cref="UnknownNameException">No method has the name.</exception>
    public static MemoryBound Of(
        string method,
        int steps,
        TransformerConfig config,
        ScalarType dtype,
        int positions,
        Metric? metric
    ) =>
        method switch
        {
            Eap.Name => OfGradients(config, dtype, 1, positions),
            CleanCorrupted.Name => OfGradients(config, dtype, 2, positions),
            EapIgInputs.Name => OfGradients(config, dtype, steps, positions),
            EapIgActivations.Name => OfPaths(config, dtype, steps, positions),
            ExactPatching.Name => OfExact(config, dtype, positions, metric),
            InformationFlowRoutes.Name => OfInformation(config, dtype, positions),
            RandomScores.Name => new MemoryBound(
                RuntimeWithoutProductsBytes + Width(dtype) * config.ParameterCount,
                BytesPerExample: 0
            ),
            _ => throw EnumNames.Unknown("method", method, AttributionMethods.Names),
        };

    // One path after another: what each leaves in the heap is of other sizes.
    private static MemoryBound OfPaths(TransformerConfig config, ScalarType dtype, int steps, int positions)
    {
        MemoryBound one = OfGradients(config, dtype, steps, positions);
        return one with { BytesPerExample = (long)(1.2 * one.BytesPerExample) };
    }

    // See PatchedRuns: all sources at once, and a layer is freed before the next.
    private static MemoryBound OfExact(TransformerConfig config, ScalarType dtype, int positions, Metric? metric)
    {
        LayerNumbers layer = LayerNumbers.Of(config, dtype, positions);
        (double d, double q, int layers) = (config.DModel, config.DHeads, config.NLayers);
        double patched = 4 * q + 2 * d; // queries, keys and values, one head's change, the residual before
        double most = Math.Max(
            2 * Sources(layers) * d, // the sources' outputs, gathered
            Math.Max(
                Sources(layers - 1) * (patched + layer.Mixing + 3 * q),
                Math.Max(
                    (Sources(layers - 2) + config.NHeads) * (patched + Math.Max(layer.Attention, layer.Writing)),
                    (Sources(layers - 3) + config.NHeads) * (patched + layer.All)
                )
            )
        );
        double kept = Sources(layers) * d + 2 * layers * (q + d);
        double words = metric?.Reference is null ? 4 : 9; // a divergence keeps both distributions and their logarithms
        bool isNarrow = IsNarrow(dtype);
        double wide = isNarrow ? 2 : 1; // metrics are measured in float32
        return Of(
            config,
            dtype,
            (isNarrow ? KeptIn16Bits : Kept) * positions * (kept + Math.Max(most, layers * layer.All))
                + words * wide * Sources(layers) * config.DVocab
        );

        double Sources(int below) => 1 + Math.Max(0, below) * (config.NHeads + 1.0);
    }

    // One forward pass, then the sources' outputs, once as they are made and once side by side.
    private static MemoryBound OfInformation(TransformerConfig config, ScalarType dtype, int positions)
    {
        LayerNumbers layer = LayerNumbers.Of(config, dtype, positions);
        double read = config.NLayers * (2.0 * config.DHeads + 4 * config.DModel);
        double most = Math.Max(config.NLayers * layer.All, read + 2.0 / 3 * Outputs(config) + 4 * config.DModel);
        return Of(config, dtype, (IsNarrow(dtype) ? Kept : 1) * positions * most);
    }

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
        LayerNumbers layer = LayerNumbers.Of(config, dtype, positions);
        double norms = family.NormsWhatIsWritten ? 4 : 2;
        double kept =
            (IsNarrow(dtype) && family.Normalization != Normalization.LayerNorm ? 5.0 * norms * config.DModel : 0)
            + 26.0 * wide
            + (family.MlpGate is null ? 2.0 : 5.0) * config.DMlp
            + (config.AttentionSoftCap is null ? 4.0 : 7.0) * config.NHeads * positions
            + (family.NormsWhatIsWritten ? 10.0 * config.DModel : 0)
            + (family.QueryKeyNorm == QueryKeyNorm.None ? 0 : 12.0 * config.DHeads);
        double once = Math.Max(
            Outputs(config) + runs * 4.0 * (config.DMlp + 3.0 * config.DModel) + 12.0 * config.NHeads * config.DModel,
            config.NLayers * layer.All // a run of the other prompts
        );
        return Of(
            config,
            dtype,
            (IsNarrow(dtype) ? Kept : 1) * positions * (runs * config.NLayers * kept + once)
                + runs * 4.0 * config.DVocab,
            HeadMaps(config)
        );
    }

    /// <summary>Of the evaluation of circuits, however many at once.</summary>
    /// <param name="config">The transformer's shape.</param>
    /// <param name="dtype">The element type of the weights and activations.</param>
    /// <param name="positions">Tokens of the longest prompt, with those that a batch shares: their keys and values stay.</param>
    /// <returns>The bound.</returns>
    public static MemoryBound OfCircuits(TransformerConfig config, ScalarType dtype, int positions)
    {
        double run =
            config.NLayers * (LayerNumbers.Of(config, dtype, positions).All + 2.0 * (config.DHeads + config.DModel));
        double perPosition = Math.Max(run, Outputs(config) + 24.0 * config.NHeads * config.DModel + 8.0 * config.DMlp);
        return Of(config, dtype, positions * perPosition + 3 * 4.0 * config.DVocab, HeadMaps(config));
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
            ? (int)Math.Min(int.MaxValue, (bytes - FixedBytes) / Math.Max(1, BytesPerExample))
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

    private static bool IsNarrow(ScalarType dtype) => dtype is ScalarType.Float16 or ScalarType.BFloat16;

    private static double Outputs(TransformerConfig config) =>
        3.0 * (1 + config.NLayers * (config.NHeads + 1)) * config.DModel;

    // See HeadMaps.Weights and Block.HeadWeights: of one layer at a time, and of every run anew, however many examples it has.
    private static double HeadMaps(TransformerConfig config)
    {
        ModelFamily family = config.Family;
        int maps = family.Layout switch
        {
            QueryKeyValueLayout.Separate => config.KeyValueHeads == config.NHeads ? 3 : 5,
            QueryKeyValueLayout.HeadByHead => 3,
            _ => 0,
        };
        return (maps + (family.NormsWhatIsWritten ? 1.0 : 0)) * config.DHeads * config.DModel;
    }

    private static MemoryBound Of(
        TransformerConfig config,
        ScalarType dtype,
        double numbersPerExample,
        double numbersOnce = 0
    )
    {
        int width = Width(dtype);
        return new MemoryBound(
            RuntimeBytes + width * (config.ParameterCount + (long)numbersOnce),
            (long)(width * numbersPerExample)
        );
    }

    private static int Width(ScalarType dtype) =>
        dtype switch
        {
            ScalarType.Float64 => 8,
            ScalarType.Float16 or ScalarType.BFloat16 => 2,
            _ => 4,
        };
}
