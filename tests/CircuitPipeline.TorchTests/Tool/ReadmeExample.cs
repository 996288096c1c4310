using System.Runtime.CompilerServices;
using CircuitPipeline.Attribution;
using CircuitPipeline.Attribution.Evaluation;
using CircuitPipeline.Attribution.Methods;
using CircuitPipeline.Circuits.Diff;
using CircuitPipeline.Circuits.Graph;
using CircuitPipeline.Circuits.Scores;
using CircuitPipeline.Circuits.Selection;
using CircuitPipeline.Models;
using CircuitPipeline.Planning;
using CircuitPipeline.Prompts.PromptPairs;
using CircuitPipeline.Testing;
using CircuitPipeline.TorchTests.Attribution;
using CircuitPipeline.Verify;
using Xunit;
using static CircuitPipeline.Verify.CircuitVerifier;

namespace CircuitPipeline.TorchTests.ToolFront;

/// <summary>The C# of the README, line by line as it stands there, compiled and run.</summary>
public sealed class ReadmeExample
{
    private static readonly string[] Lines =
    [
        .. File.ReadAllText(Path.Combine(RepositoryRoot.Path, "README.md"))
            .Split("```csharp\n")
            .Skip(1)
            .SelectMany(block => block.Split("```")[0].Split('\n', StringSplitOptions.RemoveEmptyEntries)),
    ];

    [Fact]
    public void Runs()
    {
        using Transformer model = TinyModel.Create();
        EncodedPairs pairs = TinyPairs.Create();
        Metric metric = Metrics.LogitDifference;
        IEdgeAttribution attribution = new EapIgInputs(5, Quadrature.Left, batch: 8, TimeProvider.System);
        ICircuitSelector selector = new TopN(20);
        CircuitEvaluator evaluator = new(batch: 8, TimeProvider.System);
        RankPlanner planner = new(model.Config);
        RankBudget budget = RankBudget.EqualTo(uniformRank: 4, criticalLayers: 1);
        Circuit before = new TopN(10).Select(attribution.Attribute(model, pairs, Metrics.ProbabilityDifference));

        EdgeScores scores = attribution.Attribute(model, pairs, metric);
        Circuit circuit = selector.Select(scores).Prune();
        Faithfulness faithfulness = evaluator.Evaluate(model, circuit, pairs, metric).Faithfulness;
        CircuitDiff diff = CircuitDiff.Between(before, circuit);
        RankPlan plan = planner.Plan(diff, LayerRule.Named("paper"), budget);

        Assert.True(double.IsFinite(faithfulness.Value));
        Assert.Equal(plan.BudgetParameters, plan.TrainableParameters);
    }

    [Fact]
    public async Task Verifies_exactly()
    {
        Circuit circuit = OfFixedScores();

        await VerifyCircuit(circuit);
    }

    [Fact]
    public async Task Verifies_within_a_tolerance()
    {
        Circuit circuit = OfFixedScores();

        await VerifyCircuit(circuit, new SnapshotTolerance { Relative = 0.05, EdgeFlips = 2 });
    }

    [Fact]
    public void Is_what_the_README_says()
    {
        string[] here = [.. File.ReadAllLines(ThisFile()).Select(line => line.Trim())];

        Assert.Equal(7, Lines.Length);
        Assert.All(Lines, line => Assert.Contains(line, here));
    }

    private static Circuit OfFixedScores()
    {
        ComputationGraph graph = new(nLayers: 1, nHeads: 1, parallelBlocks: false);
        return new TopN(4).Select(
            new EdgeScores(
                graph,
                [.. Enumerable.Range(0, graph.EdgeCount).Select(edge => Math.Pow(-0.5, edge))],
                ScoreOrigin.Unknown
            )
        );
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
