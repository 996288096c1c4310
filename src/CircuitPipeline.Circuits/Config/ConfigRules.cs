using System.Globalization;

namespace CircuitPipeline.Circuits.Config;

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
            .. Positive("epsilon of the norms", config.NormEps),
            .. Positive("initializer range", config.InitializerRange),
            .. Range("number of key and value heads", config.KeyValueHeads, 1_024),
            .. Range("width of a head", config.HeadWidth ?? 1, 1 << 16),
            .. Positive("attention's divisor", config.AttentionDivisor ?? 1),
            .. Positive("soft cap of the attention", config.AttentionSoftCap ?? 1),
            .. Positive("soft cap of the logits", config.LogitSoftCap ?? 1),
            .. Range("width of the sliding window", config.Window?.Width ?? 1, Wide),
            .. Scaling(config.RotaryScaling),
        ];
        return ranges.Length > 0 ? ranges : Relations(config);
    }

    private static IEnumerable<string> Relations(TransformerConfig config)
    {
        ModelFamily family = config.Family;
        if (config.HeadWidth is null && config.DModel % config.NHeads != 0)
        {
            yield return $"the width of the model is '{config.DModel}', but it must be a multiple of the '{config.NHeads}' heads.";
        }
        else if (config.RotaryDimensions % 2 != 0)
        {
            yield return $"a head of '{config.DHead}' dimensions rotates '{config.RotaryDimensions}' of them, "
                + "but rotary positions turn pairs: choose a rotary share or a width of the heads that gives an even number.";
        }

        if (config.NHeads % config.KeyValueHeads != 0)
        {
            yield return $"there are '{config.NHeads}' heads, but their number must be a multiple of the '{config.KeyValueHeads}' key and value heads.";
        }

        if (config.Window is { } window && window.IsLocal.Length != config.NLayers)
        {
            yield return $"the sliding window is told of '{window.IsLocal.Length}' layers, but the model has '{config.NLayers}'.";
        }

        if (config.ParallelBlocks && config.Architecture != Architecture.GptNeoX)
        {
            yield return $"the blocks are parallel, but those of the family '{family.ModelType}' are sequential.";
        }

        if (config.HasLearnedPositions && config.RotaryPercent != 0)
        {
            yield return $"the positions are rotary, but those of the family '{family.ModelType}' are learned.";
        }

        bool oneShape =
            config is { NKeyValueHeads: null, HeadWidth: null }
            && config.QueryKeyValueBias == config.AttentionOutputBias
            && config.MlpBias;
        if (family.Layout != QueryKeyValueLayout.Separate && !oneShape)
        {
            yield return $"a model of the family '{family.ModelType}' has as many keys as queries, heads of its width over their number, "
                + "biases in all maps of its MLP, and in all of its attention or none, but the shape says otherwise.";
        }
    }

    private static string[] Scaling(RotaryScaling? scaling) =>
        scaling switch
        {
            LinearRotaryScaling linear => Positive("factor of the rotary scaling", linear.Factor),
            Llama3RotaryScaling llama =>
            [
                .. Positive("factor of the rotary scaling", llama.Factor),
                .. Range("original context of the rotary scaling", llama.OriginalContext, Wide),
                .. llama.HighFrequencyFactor > llama.LowFrequencyFactor
                    ? []
                    : (string[])
                        [
                            string.Create(
                                CultureInfo.InvariantCulture,
                                $"the rotary scaling's high frequency factor is '{llama.HighFrequencyFactor}', but it must be above its low one, '{llama.LowFrequencyFactor}'."
                            ),
                        ],
            ],
            _ => [],
        };

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
