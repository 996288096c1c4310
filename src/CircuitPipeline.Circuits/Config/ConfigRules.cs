using System.Globalization;

namespace CircuitPipeline.Circuits;

/// <summary>What must hold between and within the numbers of a <see cref="TransformerConfig"/>.</summary>
internal static class ConfigRules
{
    private const int Wide = 1 << 24;

    public static IEnumerable<string> Problems(TransformerConfig config)
    {
        string[] ranges =
        [
            .. Range("number of layers", config.NLayers, 1_024),
            .. Range("number of heads", config.NHeads, 1_024),
            .. Range("width of the model", config.DModel, 1 << 20),
            .. Range("width of the MLP", config.DMlp, Wide),
            .. Range("size of the vocabulary", config.DVocab, Wide),
            .. Range("number of positions", config.NCtx, Wide),
            .. Share("rotary share", config.RotaryPercent),
            .. Positive("rotary base", config.RotaryBase),
            .. Positive("LayerNorm epsilon", config.LayerNormEps),
            .. Positive("initializer range", config.InitializerRange),
        ];
        return ranges.Length > 0 ? ranges : Relations(config);
    }

    private static IEnumerable<string> Relations(TransformerConfig config)
    {
        if (config.DModel % config.NHeads != 0)
        {
            yield return $"the width of the model is '{config.DModel}', but it must be a multiple of the '{config.NHeads}' heads.";
        }
        else if (config.RotaryDimensions % 2 != 0)
        {
            yield return $"a head of '{config.DHead}' dimensions rotates '{config.RotaryDimensions}' of them, "
                + "but rotary positions turn pairs: choose a rotary share that gives an even number.";
        }
        var oneShape = !config.ParallelBlocks && config.RotaryPercent == 0 && config.AttentionBias;
        if (config.Architecture == Architecture.Gpt2 && !oneShape)
        {
            yield return "a GPT-2 model has sequential blocks, learned positions and attention biases, but the shape says otherwise.";
        }
    }

    private static string[] Range(string what, int found, int highest) =>
        found >= 1 && found <= highest
            ? []
            :
            [
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"the {what} is '{found}', but 1 to {highest:N0} is allowed."
                ),
            ];

    private static string[] Share(string what, double found) =>
        found is >= 0 and <= 1
            ? []
            : [string.Create(CultureInfo.InvariantCulture, $"the {what} is '{found}', but 0 to 1 is allowed.")];

    private static string[] Positive(string what, double found) =>
        found > 0 && double.IsFinite(found)
            ? []
            :
            [
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"the {what} is '{found}', but it must be above 0 and finite."
                ),
            ];
}
