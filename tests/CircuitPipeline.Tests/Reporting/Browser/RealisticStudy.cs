using System.Collections.Immutable;
using CircuitPipeline.Circuits.Graph;
using CircuitPipeline.Circuits.Selection;
using CircuitPipeline.Reporting.Results;

namespace CircuitPipeline.Tests.Reporting.Browser;

/// <summary>Made-up results of the size and kind that the default study gives: 6 layers, 4 heads, 1,084 edges.</summary>
internal static class RealisticStudy
{
    private const long AdapterParameters = 24_576;
    private static readonly string[] Models = ["base", "step 125", "step 250", "step 375", "step 500"];

    public static StudyResults Create() =>
        new()
        {
            Study = "tiny",
            Question =
                "Does giving more LoRA rank to the layers whose circuit edges change most in fine-tuning raise accuracy, at exactly the same number of trainable parameters?",
            Settings =
            [
                new("model", "GPT-NeoX, 6 layers, 4 heads, d_model 64", "small enough to pretrain in about a minute"),
                new(
                    "fine-tuning",
                    "500 steps, batch 64, lr 1e-2, warm-up 20",
                    "LoRA must not saturate, or ranks cannot matter"
                ),
                new("circuits", "eap-ig-inputs, 5 steps, quadrature left, top-n 5, 10, 20 %", "the paper's method"),
                new(
                    "splits",
                    "train 3,300, validation 500, circuit 2 × 500, test 2,000",
                    "disjoint by unordered pair of numbers"
                ),
            ],
            Accuracies =
            [
                Accuracy("base", MethodRole.Base, 0, 482),
                Accuracy("lora", MethodRole.Adapter, AdapterParameters, 1_612),
                Accuracy("circuit-lora", MethodRole.Adapter, AdapterParameters, 1_634),
                Accuracy("random-lora", MethodRole.Adapter, AdapterParameters, 1_597),
                Accuracy("full", MethodRole.Full, 319_744, 1_902),
            ],
            Differences =
            [
                new("circuit-lora", "lora", 0.011, new(-0.006, 0.028), 1, 1, 2_000),
                new("circuit-lora", "random-lora", 0.0185, new(0.0015, 0.036), 1, 1, 2_000),
                new("random-lora", "lora", -0.0075, new(-0.0245, 0.0095), 1, 1, 2_000),
            ],
            Checkpoints =
            [
                new("lora", 0, 2.31, 0.238, 0.71, 102),
                new("lora", 125, 1.12, 0.554, 0.74, 104),
                new("lora", 250, 0.71, 0.706, 0.77, 101),
                new("lora", 375, 0.52, 0.778, 0.79, 105),
                new("lora", 500, 0.46, 0.804, 0.78, 103),
            ],
            Changes = [.. Models.Skip(1).Select((model, index) => Change(model, 12 + 4 * index))],
            LayerRules =
            [
                new("source layer", "|change| by the layer of the source.", [5.1, 1.2, 0.8, 0.9, 0.5, 0.3], [0]),
                new(
                    "source layer without input",
                    "The same, edges from input left out.",
                    [1.4, 1.2, 0.8, 0.9, 0.5, 0.3],
                    [0]
                ),
                new(
                    "destination layer",
                    "|change| by the layer of the destination.",
                    [0.4, 0.7, 1.1, 1.6, 2.1, 2.9],
                    [5]
                ),
                new("normalised", "|change| of scores divided by their sum.", [0.9, 0.31, 0.28, 0.42, 0.2, 0.1], [0]),
                new("set flips", "Edges that came or went.", [9, 6, 4, 7, 5, 3], [0]),
            ],
            Qualities =
            [
                .. from model in Models.Index()
                from size in new[] { (Percent: 5, Edges: 54), (Percent: 10, Edges: 108), (Percent: 20, Edges: 216) }
                select Quality(model.Item, model.Index, size.Percent, size.Edges),
            ],
            Circuits = [Circuit("base", 3), Circuit("step 500", 7)],
            Trajectories =
            [
                .. from number in Enumerable.Range(0, 3)
                select new CircuitTrajectory(
                    $"base-{number}",
                    [.. Models.Select((model, index) => Circuit(model, 3 + 10 * number + index))]
                ),
            ],
            Plans =
            [
                new(
                    "lora",
                    "none",
                    "every layer alike.",
                    [],
                    [4, 4, 4, 4, 4, 4],
                    2,
                    AdapterParameters,
                    AdapterParameters
                ),
                new(
                    "circuit-lora",
                    "source layer",
                    "layer 0 changed most.",
                    [0],
                    [9, 3, 3, 3, 3, 3],
                    2,
                    AdapterParameters,
                    AdapterParameters
                ),
                new(
                    "random-lora",
                    "random control",
                    "layer 3 was drawn.",
                    [3],
                    [3, 3, 3, 9, 3, 3],
                    2,
                    AdapterParameters,
                    AdapterParameters
                ),
            ],
            Composition =
            [
                new("union of add/sub and mul/div", "two-step", new(2, 3, 21), new(38, 38, 70), "under test"),
                new("add/sub alone", "two-step", new(2, 4, 20), new(45, 45, 63), "for comparison"),
                new("two-step, other pairs", "two-step", new(1, 1, 23), new(19, 19, 89), "the floor"),
            ],
            Provenance = new(
                [
                    new("commit", "59dd0770a1b2"),
                    new("engine", "libtorch 2.10.0, CPU, 1 thread per job"),
                    new("processor", "x86-64, AVX-512, 2 cores"),
                    new("versions", ".NET 10, report format 1"),
                ],
                "study: tiny\nseed: 0\nthreads_per_job: 1 # sums depend on their number\n\nmodel:\n  n_layers: 6\n  d_model: 64\n"
            ),
            Stages =
            [
                new("GenerateData", 1.4, 1, 1),
                new("Pretrain", 61.2, 1, 1),
                new("FineTune", 22.8, 1, 1),
                new("AttributeEdges", 21.7, 10, 4),
                new("EvaluateCircuits", 9.3, 15, 0),
                new("DiffCircuits", 0.2, 4, 0),
                new("PlanRanks", 0.1, 5, 0),
                new("Retrain", 88.5, 4, 0),
            ],
        };

    private static MethodAccuracy Accuracy(string method, MethodRole role, long parameters, int correct) =>
        MethodAccuracy.Of(method, role, parameters, [new("b0", 0, correct, 2_000)]);

    private static CircuitChange Change(string model, int swapped) =>
        new(
            "base",
            model,
            10,
            new(1, swapped / 12, 27),
            new(swapped, swapped + 1, 107 - swapped),
            [new("base", 500, new(0, 1, 28), new(13, 13, 95)), new(model, 500, new(1, 1, 27), new(11, 11, 97))]
        );

    private static CircuitQuality Quality(string model, int index, int percent, int edges) =>
        new(
            model,
            percent,
            edges,
            edges - 5,
            Math.Round(0.42 + 0.11 * Math.Log2(percent) - 0.01 * index, 3),
            Math.Round(61 + 7 * Math.Log2(percent), 1),
            Math.Round(0.03 + 0.0009 * percent * percent + 0.02 * index, 3),
            Math.Round(0.24 + 0.14 * index, 3),
            500
        );

    // Scores fall off as real ones do; the other circuit differs by a little noise.
    private static CircuitView Circuit(string model, int noiseSeed)
    {
        ComputationGraph graph = new(6, 4, parallelBlocks: true);
        Random shared = new(1);
        Random noise = new(noiseSeed);
        ImmutableArray<EdgeView> edges =
        [
            .. graph
                .Edges.Select(edge =>
                    (
                        edge,
                        score: Math.Pow(shared.NextDouble(), 9) * (shared.Next(4) == 0 ? -1 : 2)
                            + 0.7 * noise.NextDouble()
                    )
                )
                .OrderByDescending(one => Math.Abs(one.score))
                .Take(108)
                .Select(one => new EdgeView(one.edge.Name, Math.Round(one.score, 5))),
        ];
        return new(model, 6, 4, edges);
    }
}
