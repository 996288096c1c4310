using System.Text.Json;
using CircuitPipeline.Attribution;
using CircuitPipeline.Circuits.Files;
using CircuitPipeline.Circuits.Graph;
using CircuitPipeline.Circuits.Selection;
using CircuitPipeline.Testing;
using CircuitPipeline.TorchTests.Attribution;
using Xunit;

namespace CircuitPipeline.TorchTests.ToolFront;

public sealed class CircuitsMeasuredByTheTool : IDisposable
{
    private readonly ModelFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Have_the_oracles_values()
    {
        using Oracle oracle = new("neox");
        OracleSelection selection = oracle.Selections("eap_ig_inputs_5_ld").First();
        Circuit circuit = new(oracle.Graph, selection.Selected, SelectionOrigin.Unknown(selection.EdgesAsked));
        double[] values = selection.Values(Intervention.Patching, "logit_diff")!;
        File.WriteAllBytes(_folder["c.json"], CircuitFile.Write(circuit.Prune()));

        JsonElement found = Evaluate(
            $"--model {OraclePairs.ModelFolder} --pairs {OraclePairs.Write(_folder["oracle.jsonl"])} --dtype float64"
        );

        Near(values, PerExample(found, "circuit"));
        Near(oracle.Baseline("main", "clean"), PerExample(found, "clean"));
        Near(oracle.Baseline("main", "corrupted"), PerExample(found, "corrupted"));
        double Mean(string key) => found.GetProperty(key).GetProperty("mean").GetDouble();
        Assert.Equal(values.Average(), Mean("circuit"), 1e-9);
        Assert.Equal(
            (Mean("circuit") - Mean("corrupted")) / (Mean("clean") - Mean("corrupted")),
            found.GetProperty("faithfulness").GetDouble(),
            1e-12
        );
        Assert.Equal(circuit.EdgeCount, found.GetProperty("edges").GetProperty("before_pruning").GetInt32());
        Assert.Equal(circuit.Prune().EdgeCount, found.GetProperty("edges").GetProperty("after_pruning").GetInt32());
    }

    [Fact]
    public void Of_another_model_are_refused()
    {
        ComputationGraph graph = new(3, 2, parallelBlocks: true);
        File.WriteAllBytes(_folder["c.json"], CircuitFile.Write(new Circuit(graph, [0], SelectionOrigin.Unknown(1))));

        ToolRun run = _folder.Run("evaluate --model model --circuit c.json --pairs pairs.jsonl --json");

        Assert.Equal((2, 2), (run.ExitCode, run.Json.GetProperty("exit_code").GetInt32()));
        Assert.Contains("'3' layers", run.Error);
    }

    private JsonElement Evaluate(string options)
    {
        ToolRun run = _folder.Run($"evaluate {options} --circuit c.json --metric logit-difference --json");
        Assert.True(run.ExitCode == 0, run.Error);
        return run.Json;
    }

    private static double[] PerExample(JsonElement found, string key) =>
        [.. found.GetProperty(key).GetProperty("per_example").EnumerateArray().Select(value => value.GetDouble())];

    private static void Near(double[] expected, double[] found)
    {
        Assert.Equal(expected.Length, found.Length);
        Assert.All(expected.Zip(found), pair => Assert.InRange(pair.Second - pair.First, -1e-9, 1e-9));
    }
}
