using CircuitPipeline.Circuits.Diff;
using CircuitPipeline.Reporting.Results;

namespace CircuitPipeline.Tests.Reporting;

/// <summary>Results of a made-up study, as small as they can be with every section filled.</summary>
internal static class SmallStudy
{
    public static StudyResults Results { get; } =
        new()
        {
            Study = "small",
            Question = "Do planned ranks beat uniform ones?",
            Settings = [new("model", "2 layers, 2 heads", "small enough to read")],
            Accuracies =
            [
                MethodAccuracy.Of("base", MethodRole.Base, 0, [new("b0", 0, 2, 8)]),
                MethodAccuracy.Of("LoRA", MethodRole.Adapter, 1_024, [new("b0", 0, 6, 8)]) with
                {
                    Tokens = 3_200,
                    Seconds = 1.25,
                    Others = [new("products", 5, 3, 10)],
                },
                MethodAccuracy.Of("CircuitLoRA", MethodRole.Adapter, 1_024, [new("b0", 0, 7, 8)]),
                MethodAccuracy.Of("full fine-tuning", MethodRole.Full, 12_345, [new("b0", 0, 8, 8)]),
            ],
            Differences = [new("CircuitLoRA", "LoRA", 0.125, new(-0.125, 0.375), Bases: 1, Pairs: 1, Items: 8)],
            Checkpoints = [new("LoRA", 0, 2.5, 0.25, 0.75, 6), new("LoRA", 100, 0.5, 0.75, null, null)],
            Changes =
            [
                new(
                    "base",
                    "LoRA",
                    10,
                    new ChangeCounts(0, 1, 3),
                    new ChangeCounts(1, 1, 2),
                    [
                        new("base", 500, new ChangeCounts(0, 0, 4), new ChangeCounts(1, 0, 3))
                        {
                            EdgeChangesByNodes = 0,
                            Modules = [new(0, "mlp", new ChangeCounts(0, 0, 1), new ChangeCounts(1, 0, 1))],
                        },
                    ]
                )
                {
                    EdgeChangesByNodes = 1,
                    Modules = [new(0, "mlp", new ChangeCounts(0, 1, 0), new ChangeCounts(0, 1, 1))],
                },
            ],
            Transitions =
            [
                new("step 50", "step 100", 10, new ChangeCounts(0, 0, 3), new ChangeCounts(1, 1, 2), [])
                {
                    EdgeChangesByNodes = 0,
                },
            ],
            LayerRules = [new("source layer", "|change| by the layer that writes.", [3, 1], [0])],
            Qualities =
            [
                new("base", 10, 4, 3, 0.77, 71.5, 0.15, 0.25, 500)
                {
                    ComplementFaithfulness = 0.125,
                    ComplementAccuracy = 0.05,
                    Floor = new(0.75, 0.1, 0.14, 500),
                },
            ],
            Robustness =
            [
                new("base", 0, 10, 100, [new(1, 0.5, 0.6), new(0.9, 0.4, 0.5)], [new(50, new(1, 0.7, 0.75))]),
                new("randomly initialised", 0, 10, 100, [new(0.8, 0.1, null)], []),
            ],
            Circuits =
            [
                new("base", 2, 2, [new("input->a0.h0<q>", 0.5), new("a0.h0->m1", -0.25), new("m1->logits", 1)]),
                new("LoRA", 2, 2, [new("input->a0.h0<q>", 0.75), new("input->a0.h0<v>", 0.5), new("m1->logits", 2)]),
            ],
            Trajectories =
            [
                new(
                    "base-0",
                    [
                        new("base", 2, 2, [new("input->a0.h0<q>", 0.5), new("a0.h0->m1", -0.25), new("m1->logits", 1)]),
                        new("step 50", 2, 2, [new("input->a0.h0<q>", 0.5), new("m1->logits", 1)]),
                        new(
                            "LoRA",
                            2,
                            2,
                            [new("input->a0.h0<q>", 0.75), new("input->a0.h0<v>", 0.5), new("m1->logits", 2)]
                        ),
                    ]
                ),
            ],
            Bases =
            [
                new(
                    "base-0",
                    new(
                        "base",
                        "LoRA",
                        10,
                        new ChangeCounts(0, 1, 3),
                        new ChangeCounts(1, 1, 2),
                        [new("base", 500, new ChangeCounts(0, 0, 4), new ChangeCounts(1, 0, 3))]
                    ),
                    new UnionOverlap(0.5, 0.25, 0.75, 0.125)
                ),
            ],
            Protocol = new(
                "corrected",
                [
                    new(
                        "padding",
                        false,
                        "masked",
                        "padding is trained on",
                        "the answer alone",
                        "padding outweighs it"
                    ),
                    new("scores_per", true, "batch", "divided once more", "the mean over pairs", "they shrink"),
                ]
            ),
            Sets = [new("train", "drawn", null, 8, []), new("test", "test.csv", 5, 4, [new("it is too long", 1, [3])])],
            Plans = [new("CircuitLoRA", "source layer", "layer 0 changed most", [0], [9, 3], 2, 1_024, 1_024)],
            Composition =
            [
                new("union", "two-step", new ChangeCounts(1, 0, 3), new ChangeCounts(2, 2, 4), "under test"),
            ],
            Overlaps =
            [
                new("base", 0, 10, "union", "two-step", new ChangeCounts(1, 0, 3), new ChangeCounts(2, 2, 4), 40),
            ],
            UnionChanges =
            [
                new(
                    "base",
                    "fine-tuned",
                    10,
                    new ChangeCounts(1, 0, 3),
                    new ChangeCounts(2, 2, 4),
                    [new("base", 200, new ChangeCounts(0, 0, 4), new ChangeCounts(1, 1, 5))]
                ),
            ],
            Provenance = new([new("commit", "0123abc"), new("engine", "libtorch")], "study: small\nseed: 0\n"),
            Stages = [new("Pretrain", 62.25, 1, 1), new("FineTune", 20.5, 4, 0)],
        };
}
