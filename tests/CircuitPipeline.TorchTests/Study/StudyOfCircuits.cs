using System.Text.Json;
using System.Text.RegularExpressions;
using CircuitPipeline.Circuits.Diff;
using CircuitPipeline.Circuits.Files;
using CircuitPipeline.Circuits.Graph;
using CircuitPipeline.Circuits.Selection;
using CircuitPipeline.Planning;
using CircuitPipeline.Testing;
using Xunit;

namespace CircuitPipeline.TorchTests.Studies;

/// <summary>A small study of a composed task and its parts, with floors, robustness and the plan from the union.</summary>
public sealed partial class StudyOfCircuits : IDisposable
{
    private const string Tasks = """
        tasks:
          - task: add-sub
          - {task: mul-div, splits: {train: 40, validation: 6, circuit: 12, test: 10}}
          - {task: two-step, splits: {train: 40, validation: 6, circuit: 12, test: 10}}
        methods: [lora, circuit-lora, circuit-lora-union]

        """;

    private static readonly string Lines = string.Concat(
        new[] { "add-sub", "mul-div", "two-step" }.Select(task => $"    - {{task: {task}, weight: 1, share: 0.15}}\n")
    );

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    [Slow]
    public void Has_every_measure_beside_its_floor_and_does_nothing_the_second_time()
    {
        Directory.CreateDirectory(_folder.File("experiments"));
        File.WriteAllText(
            _folder.File("experiments", "small.yaml"),
            $"{DataTasks().Replace(SmallSpec.Yaml(), $"  tasks:\n{Lines}\n")}\n{Tasks}"
        );

        string output = Run();

        Assert.DoesNotContain("Warning", output);
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(Made("results", "results.json")));
        JsonElement results = document.RootElement;
        MustHaveUnion(results);
        foreach (JsonElement task in results.GetProperty("tasks").EnumerateArray())
        {
            MustHaveFloors(task);
            MustHaveRobustness(task);
        }

        string[] methods =
        [
            .. results
                .GetProperty("tasks")
                .EnumerateArray()
                .Select(task =>
                    string.Join(
                        ' ',
                        task.GetProperty("accuracies")
                            .EnumerateArray()
                            .Select(one => one.GetProperty("method").GetString())
                    )
                ),
        ];
        Assert.Equal(
            ["base lora circuit-lora", "base lora circuit-lora", "base lora circuit-lora circuit-lora-union"],
            methods
        );
        string page = File.ReadAllText(Made("report.html"));
        Assert.Contains("id=\"task-0-transitions\"", page);
        Assert.Contains("id=\"task-0-robustness\"", page);
        Assert.Contains("is planned from it", page);
        Assert.DoesNotContain("will run", Run());
    }

    // Every circuit has a change, and each of it a floor at both of its ends.
    private void MustHaveFloors(JsonElement task)
    {
        JsonElement[] changes =
        [
            .. task.GetProperty("changes").EnumerateArray(),
            .. task.GetProperty("transitions").EnumerateArray(),
        ];
        Assert.Equal(
            [("base", "step 3"), ("base", "step 6"), ("step 3", "step 6")],
            changes.Select(change =>
                (change.GetProperty("before").GetString()!, change.GetProperty("after").GetString()!)
            )
        );
        Assert.All(changes, change => Assert.Equal(2, change.GetProperty("floors").GetArrayLength()));
        Assert.All(
            changes,
            change =>
                Assert.InRange(
                    change.GetProperty("edge_changes_by_nodes").GetInt32(),
                    0,
                    change.GetProperty("edges").GetProperty("added").GetInt32()
                        + change.GetProperty("edges").GetProperty("removed").GetInt32()
                )
        );
        Assert.All(changes, change => Assert.Equal(11, change.GetProperty("modules").GetArrayLength()));
        JsonElement[] compared =
        [
            .. task.GetProperty("qualities")
                .EnumerateArray()
                .Where(one => one.GetProperty("percent").GetDouble() == 10),
        ];
        Assert.Equal(3, compared.Length);
        Assert.All(
            compared,
            one =>
            {
                Assert.Equal(JsonValueKind.Number, one.GetProperty("complement_faithfulness").ValueKind);
                Assert.Equal(12, one.GetProperty("floor").GetProperty("examples").GetInt32());
            }
        );
    }

    private static void MustHaveRobustness(JsonElement task)
    {
        JsonElement[] models = [.. task.GetProperty("robustness").EnumerateArray()];
        Assert.Equal(
            ["base", "step 6", "randomly initialised"],
            models.Select(one => one.GetProperty("model").GetString())
        );
        Assert.All(
            models,
            one =>
            {
                Assert.Equal(4, one.GetProperty("pairs").GetInt32()); // of 12, in 3 parts
                Assert.Equal(3, one.GetProperty("splits").GetArrayLength());
                Assert.Equal(1, one.GetProperty("perturbed").GetArrayLength());
                Assert.All(
                    one.GetProperty("splits").EnumerateArray(),
                    overlap => Assert.InRange(overlap.GetProperty("edges").GetDouble(), 0, 1)
                );
            }
        );
    }

    // Computed again from the circuits that lie in the folder.
    private void MustHaveUnion(JsonElement results)
    {
        (Circuit before, Circuit after) = (Union("base-0"), Union("tuned-0-6"));
        JsonElement change = Assert.Single(results.GetProperty("union_changes").EnumerateArray());
        Assert.Equal(
            CircuitDiff.Between(before, after).Edges.Added.Length,
            change.GetProperty("edges").GetProperty("added").GetInt32()
        );
        RankPlan plan = RankPlanFile.Read(Made("PlanRanks", "two-step-plans-0", "circuit-lora-union.json"));
        Assert.Equal(
            LayerRule.Named("source-layer").Order(CircuitDiff.Between(before, after))[0].Layer,
            Assert.Single(plan.CriticalLayers)
        );
        Assert.StartsWith("From the union of the circuits of 'add-sub' and 'mul-div': Layer ", plan.Why);
        Assert.Equal(plan.BudgetParameters, plan.TrainableParameters);

        JsonElement[] overlaps = [.. results.GetProperty("overlaps").EnumerateArray()];
        Assert.Equal(2 * 3 * 4, overlaps.Length); // models, sizes, circuits
        Circuit[] circuits =
        [
            .. ((string[])["add-sub", "mul-div", "two-step"]).Select(task => Read($"{task}-base-0", 10).Collapse()),
        ];
        JsonElement union = overlaps.First(one =>
            one.GetProperty("percent").GetDouble() == 10
            && one.GetProperty("circuit").GetString() == "union of add-sub and mul-div"
        );
        CircuitDiff expected = EqualSizes.Between(
            UnionCircuit.Of(circuits[0], circuits[1]),
            circuits[2],
            circuits.Min(circuit => circuit.EdgeCount)
        );
        Assert.Equal(expected.Edges.Shared.Length, union.GetProperty("edges").GetProperty("shared").GetInt32());
        Assert.Equal(
            new ComputationGraph(2, 4, parallelBlocks: true).Collapse().EdgeCount,
            union.GetProperty("graph_edges").GetInt32()
        );

        Circuit Union(string model)
        {
            (Circuit one, Circuit two) = (Read($"add-sub-{model}", 10), Read($"mul-div-{model}", 10));
            int edges = TopN.EdgesOf(one.Graph, 10);
            int all = UnionCircuit.Of(one, two).EdgeCount;
            return UnionCircuit.Of(one, two, Math.Min(edges, all)).Prune();
        }
    }

    private Circuit Read(string item, int percent) =>
        CircuitFile.Read(Made("SelectCircuits", item, $"circuit-{percent}.json"));

    private string Made(params string[] path) => _folder.File(["artifacts", "small", .. path]);

    private string Run() => SmallStudies.Run(_folder, jobs: 1);

    [GeneratedRegex(@"^  tasks:.*\n(    - .*\n)+", RegexOptions.Multiline)]
    private static partial Regex DataTasks();
}
