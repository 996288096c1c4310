using System.Globalization;
using CircuitPipeline.Reporting.Results;
using CircuitPipeline.Study.Spec;

namespace CircuitPipeline.Study.Report;

/// <summary>Which protocol a study follows, and which traps of the paper's code are open in it; docs/protocol.md says the same.</summary>
internal static class ProtocolResults
{
    internal static ProtocolSummary Of(ExperimentSpec spec)
    {
        TrapsSpec open = spec.OpenTraps;
        return new ProtocolSummary(
            spec.Protocol.ToString().ToLowerInvariant(),
            [
                Trap(
                    "circuit_pairs",
                    open.CircuitPairs,
                    TrapsSpec.Own,
                    "circuits are found, compared and planned from with the rows that accuracy is reported on",
                    "two sets of their own",
                    "the plan has seen the test"
                ),
                Trap(
                    "critical_rate_factor",
                    open.CriticalRateFactor?.ToString(CultureInfo.InvariantCulture),
                    "1",
                    "layers with the higher rank get twice the learning rate as well",
                    "one rate for all layers",
                    "the effect of ranks cannot be told from that of rates"
                ),
                Trap(
                    "padding",
                    open.Padding,
                    TrapsSpec.Masked,
                    "the padding behind an answer is trained on, to 32 tokens a row",
                    "the loss is on the answer alone",
                    "the end of the text outweighs the answer"
                ),
                Trap(
                    "scores_per",
                    open.ScoresPer,
                    TrapsSpec.Pair,
                    "means over a batch are divided by the number of rows once more",
                    "the mean over pairs",
                    "scores shrink with the batch, and those of two runs cannot be compared"
                ),
                Trap(
                    "newline",
                    open.Newline,
                    TrapsSpec.None,
                    "a newline stands between prompt and answer in training, and none where accuracy is measured",
                    "one form of prompts",
                    "another answer is asked for than was learned; only with a checkpoint"
                ),
                Trap(
                    "bos",
                    open.Bos,
                    TrapsSpec.None,
                    "circuits are found with a beginning of the sequence before the prompt",
                    "all prompts alike",
                    "circuits are of prompts that the model was never trained on or asked"
                ),
            ]
        );
    }

    private static TrapState Trap(
        string key,
        string? open,
        string closed,
        string paper,
        string corrected,
        string effect
    ) => new(key, open is not null, open ?? closed, paper, corrected, effect);
}
