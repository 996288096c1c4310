using CircuitPipeline.Circuits.Graph;
using CircuitPipeline.Circuits.Selection;
using CircuitPipeline.Planning;
using CircuitPipeline.Tests.Circuits;

namespace CircuitPipeline.Tests.Snapshots;

/// <summary>Circuits and plans whose every number is written here.</summary>
internal static class HandMade
{
    /// <summary>Two blocks of two heads, 46 edges.</summary>
    public static ComputationGraph Graph { get; } = new(2, 2, parallelBlocks: false);

    /// <summary>Six edges on two ways from the input to the logits.</summary>
    public static Circuit Before { get; } =
        Made.Circuit(
            Graph,
            ("input->a0.h0<q>", 0.31),
            ("input->m0", -0.5),
            ("a0.h0->m0", 0.123456),
            ("m0->m1", 1.25),
            ("m0->logits", 0.2),
            ("m1->logits", 0.41)
        );

    /// <summary>One edge left, two joined, one has another score.</summary>
    public static Circuit After { get; } =
        Made.Circuit(
            Graph,
            ("input->a0.h0<q>", 0.31),
            ("input->a1.h1<v>", 0.00012345),
            ("input->m0", -0.5),
            ("a0.h0->m0", 0.123456),
            ("m0->m1", 1.25),
            ("a1.h1->logits", -0.25),
            ("m1->logits", 0.12)
        );

    public static RankPlan Plan(int criticalRank = 9, int otherRank = 3) =>
        new()
        {
            Rule = "sum of score changes",
            Why = "Layer 0 by the largest sum of score changes.",
            CriticalLayers = [0],
            Pattern = new RankPattern(otherRank, [KeyValuePair.Create(0, criticalRank)]),
            AlphaOverRank = 2,
            TrainableParameters = 24_576,
            BudgetParameters = 24_576,
        };

    /// <summary>A circuit with some of its scores changed.</summary>
    public static Circuit With(Circuit circuit, params (string Edge, double Score)[] changes) =>
        Made.Circuit(
            circuit.Graph,
            [
                .. circuit
                    .Edges.Select(edge => (edge.Name, circuit.Scores![edge]))
                    .Where(edge => !changes.Any(change => change.Edge == edge.Name))
                    .Concat(changes),
            ]
        );

    /// <summary>A circuit without some of its edges.</summary>
    public static Circuit Without(Circuit circuit, params string[] edges) =>
        Made.Circuit(
            circuit.Graph,
            [
                .. circuit
                    .Edges.Where(edge => !edges.Contains(edge.Name))
                    .Select(edge => (edge.Name, circuit.Scores![edge])),
            ]
        );
}
