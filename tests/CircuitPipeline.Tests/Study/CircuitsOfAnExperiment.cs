using CircuitPipeline.Pipeline.Stages;
using CircuitPipeline.Study;
using CircuitPipeline.Study.Spec;
using Xunit;

namespace CircuitPipeline.Tests.Studies;

/// <summary>What an experiment says of floors, robustness and compositions, as work items.</summary>
public sealed class CircuitsOfAnExperiment
{
    private const string Tasks = """
        tasks:
          - {task: add-sub, splits: {train: 20, validation: 5, circuit: 6, test: 7}}
          - {task: mul-div, splits: {train: 20, validation: 5, circuit: 6, test: 7}}
          - {task: two-step, splits: {train: 20, validation: 5, circuit: 6, test: 7}}
        methods: [lora, circuit-lora, circuit-lora-union]

        """;

    private const string Parts = "robustness: {splits: 3, perturbed_percent: [70, 100]}"; // of 3 pairs each

    [Fact]
    public void Have_a_floor_at_every_checkpoint_or_at_both_ends()
    {
        string[] all = Names(SmallYaml.Text, "AttributeEdges");
        string[] ends = Names(With("floors: ends"), "AttributeEdges");

        Assert.Equal(
            ["base-0-again", "tuned-0-3-again", "tuned-0-6-again"],
            all.Where(name => name.EndsWith("again", StringComparison.Ordinal))
        );
        Assert.Equal(all.Except(["tuned-0-3-again"]), ends);
        MustReadWhatIsMade(With("floors: ends"));
    }

    [Fact]
    public void Have_no_robustness_unless_it_is_asked_for()
    {
        Assert.Empty(Names(SmallYaml.Text, "EvaluateRobustness"));
        Assert.Equal(["base-0", "tuned-0-6", "random-0"], Names(With(Parts), "EvaluateRobustness"));
        Assert.Equal(
            ["base-0", "tuned-0-3", "tuned-0-6", "random-0"],
            Names(With($"{Parts[..^1]}, every_checkpoint: true}}"), "EvaluateRobustness")
        );
        MustReadWhatIsMade(With($"{Parts[..^1]}, every_checkpoint: true}}"));
    }

    [Theory]
    [InlineData(
        "robustness: {splits: 11}",
        "'discover.robustness.splits' is 11, but 'splits.circuit' is 10, and a part needs one pair at least; write 10 or less."
    )]
    [InlineData(
        "robustness: {splits: 1}",
        "'discover.robustness.splits' is '1', but must be a whole number from 2 to 100."
    )]
    [InlineData(
        "robustness: {perturbed_percent: [50, 10]}",
        "'discover.robustness.perturbed_percent' are 50, 10, but must rise."
    )]
    [InlineData(
        "robustness: {splits: 3}",
        "'discover.robustness.perturbed_percent' have by default 10, which is 0 of the 3 pair(s) of a part, since 'splits.circuit' is 10, but 2 at least exchange their corrupted prompts; write 66.7 or more, or a smaller 'splits'."
    )]
    [InlineData(
        "robustness: {splits: 2, perturbed_percent: [39.9, 40]}",
        "'discover.robustness.perturbed_percent' have 39.9, which is 1 of the 5 pair(s) of a part, since 'splits.circuit' is 10, but 2 at least exchange their corrupted prompts; write 40 or more, or a smaller 'splits'."
    )]
    [InlineData(
        "robustness: {splits: 10, perturbed_percent: [100]}",
        "'discover.robustness.perturbed_percent' have 100, which is 1 of the 1 pair(s) of a part, since 'splits.circuit' is 10, but 2 at least exchange their corrupted prompts; write a smaller 'splits'."
    )]
    [InlineData("floors: none", "'discover.floors' is 'none', but must be one of all, ends")]
    public void Refuse_what_cannot_be_measured(string line, string expected) =>
        Assert.Contains(expected, SmallYaml.Problems(With(line)));

    [Fact]
    public void Plan_the_composed_task_alone_from_the_union_of_its_parts()
    {
        string text = TasksOfAnExperiment.Text(Tasks);

        Assert.Equal(
            [
                "add-sub-circuit-lora-0-0",
                "mul-div-circuit-lora-0-0",
                "two-step-circuit-lora-0-0",
                "two-step-circuit-lora-union-0-0",
            ],
            Names(text, "Retrain")
        );
        Assert.Equal(
            ["two-step-plans-0"],
            Catalog(text)
                .Stages.Single(stage => stage.Name == "PlanRanks")
                .Plan()
                .Where(item => item.Inputs.Any(input => input.File == "union.json"))
                .Select(item => item.Name)
        );
        MustReadWhatIsMade(text);
    }

    [Theory]
    [InlineData(
        "  - {task: mul-div, ",
        "  - {task: sequence, ",
        "'methods' name 'circuit-lora-union', but 'tasks' are not 'add-sub', 'mul-div' and 'two-step' or more"
    )]
    [InlineData(
        "  - {task: mul-div, ",
        "  - {task: mul-div, of_base_only: true, ",
        "'methods' name 'circuit-lora-union', but the task 'mul-div' is 'of_base_only'"
    )]
    public void Refuse_a_union_that_is_not_there(string old, string now, string expected) =>
        Assert.Contains(
            expected,
            SmallYaml.Problems(TasksOfAnExperiment.Text(Tasks.Replace(old, now, StringComparison.Ordinal)))
        );

    private static string With(string line) =>
        SmallYaml.Text.Replace("  compare_percent", $"  {line}\n  compare_percent", StringComparison.Ordinal);

    private static StageCatalog Catalog(string text) =>
        StudyStages.Of(SpecReader.ReadText(text, "experiments/small.yaml"));

    private static string[] Names(string text, string stage) =>
        [.. Catalog(text).Stages.Single(one => one.Name == stage).Plan().Select(item => item.Name)];

    private static void MustReadWhatIsMade(string text)
    {
        (string Stage, WorkItem Item)[] items =
        [
            .. Catalog(text).Stages.SelectMany(stage => stage.Plan().Select(item => (stage.Name, item))),
        ];
        HashSet<(string, string)> made = [.. items.Select(item => (item.Stage, item.Item.Name))];
        Assert.All(
            items.SelectMany(item => item.Item.Inputs),
            input => Assert.Contains((input.Stage, input.Item), made)
        );
    }
}
