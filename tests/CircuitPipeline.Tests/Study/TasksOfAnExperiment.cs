using System.ComponentModel.DataAnnotations;
using System.Reflection;
using CircuitPipeline.Pipeline.Stages;
using CircuitPipeline.Prompts.Tasks;
using CircuitPipeline.Study;
using CircuitPipeline.Study.Spec;
using Xunit;

namespace CircuitPipeline.Tests.Studies;

/// <summary>Experiments that name their tasks, methods and protocol.</summary>
public sealed class TasksOfAnExperiment
{
    private const string Lines = """
          tasks:
            - {task: add-sub, weight: 1, share: 0.15}
            - {task: mul-div, weight: 1, share: 0.2}
            - {task: two-step, weight: 1, share: 0.2}
            - {task: ioi, weight: 1, share: 0.1}

        """;

    private const string Tasks = """
        tasks:
          - task: add-sub
          - {task: mul-div, of_base_only: true}
          - {task: two-step, of_base_only: true}
          - {task: ioi, name: names, splits: {train: 40, validation: 5, circuit: 6, test: 7}}

        """;

    [Fact]
    public void Allow_the_names_that_are_tasks() =>
        Assert.Equal(
            PromptTasks.Names.Order(StringComparer.Ordinal),
            typeof(TaskSpec)
                .GetProperty(nameof(TaskSpec.Task))!
                .GetCustomAttribute<AllowedValuesAttribute>()!
                .Values.Cast<string>()
                .Order(StringComparer.Ordinal)
        );

    [Fact]
    public void Give_every_task_items_of_its_own_and_every_item_reads_what_another_makes()
    {
        StageCatalog catalog = StudyStages.Of(Read(Text(Tasks)));
        (string Stage, WorkItem Item)[] items =
        [
            .. catalog.Stages.SelectMany(stage => stage.Plan().Select(item => (stage.Name, item))),
        ];

        HashSet<(string, string)> made = [.. items.Select(item => (item.Stage, item.Item.Name))];
        Assert.Equal(items.Length, made.Count);
        Assert.All(
            items.SelectMany(item => item.Item.Inputs),
            input => Assert.Contains((input.Stage, input.Item), made)
        );
        string[] names = [.. items.Select(item => $"{item.Stage}/{item.Item.Name}")];
        Assert.Contains("GenerateData/names", names);
        Assert.Contains("FineTune/names-lora-0-0", names);
        Assert.Contains("AttributeEdges/mul-div-base-0", names);
        Assert.Contains("AttributeEdges/names-tuned-0-6-again", names);
        Assert.Contains("Retrain/add-sub-circuit-lora-0-0", names);
        Assert.Contains("DiffCircuits/composition-0", names);
        Assert.DoesNotContain(names, name => name.StartsWith("FineTune/mul-div", StringComparison.Ordinal));
        Assert.Single(names, name => name.StartsWith("Pretrain/", StringComparison.Ordinal));
    }

    [Fact]
    public void Train_the_methods_that_they_name()
    {
        StageCatalog catalog = StudyStages.Of(Read(SmallYaml.Text + "methods: [lora, full]\n"));

        Assert.Equal(
            ["full-0-0"],
            catalog.Stages.Single(stage => stage.Name == "Retrain").Plan().Select(item => item.Name)
        );
    }

    [Fact]
    public void Find_the_circuits_of_the_methods_that_they_name()
    {
        StageCatalog none = StudyStages.Of(Read(SmallYaml.Text));
        StageCatalog two = StudyStages.Of(
            Read(
                Text(Tasks)
                    .Replace(
                        "compare_percent",
                        "methods: [full, circuit-lora]\n  compare_percent",
                        StringComparison.Ordinal
                    )
            )
        );

        Assert.Empty(none.Stages.Single(stage => stage.Name == "RediscoverCircuits").Plan());
        Assert.Equal(
            ["add-sub-circuit-lora-0", "add-sub-full-0", "names-circuit-lora-0", "names-full-0"],
            two.Stages.Single(stage => stage.Name == "RediscoverCircuits").Plan().Select(item => item.Name)
        );
    }

    [Fact]
    public void Refuse_circuits_of_a_method_that_is_not_trained() =>
        Assert.Contains(
            "'discover.methods' name 'full', which is not among 'methods', so nothing is trained by it; add it there or leave it out.",
            SmallYaml.Problems(
                SmallYaml.Text.Replace(
                    "compare_percent",
                    "methods: [full]\n  compare_percent",
                    StringComparison.Ordinal
                ) + "methods: [lora, circuit-lora]\n"
            )
        );

    [Fact]
    public void Refuse_circuits_of_a_method_that_is_trained_only_where_it_is_named() =>
        Assert.Contains(
            "'discover.methods' name 'dora', which is not among 'methods'",
            SmallYaml.Problems(
                SmallYaml.Text.Replace(
                    "compare_percent",
                    "methods: [dora]\n  compare_percent",
                    StringComparison.Ordinal
                )
            )
        );

    [Theory]
    [InlineData(
        "adalora: {initial_rank: 1}",
        "'fine_tune.adalora.initial_rank' is 1, but ranks only fall, to a mean of 'rank', which is 2; raise it."
    )]
    [InlineData(
        "adalora: {warmup_steps: 3, final_steps: 3}",
        "'fine_tune.adalora' has 3 steps before pruning and 3 after it, but 'steps' is 6; leave at least one between them."
    )]
    [InlineData("ia3: {modules: none}", "'fine_tune.ia3.modules' is 'none', but must be one of all, peft.")]
    public void Refuse_options_of_a_method_that_do_not_fit(string option, string problem) =>
        Assert.Contains(
            problem,
            SmallYaml.Problems(
                SmallYaml.Text.Replace("  full_lr:", $"  {option}\n  full_lr:", StringComparison.Ordinal)
            )
        );

    [Fact]
    public void Train_every_method_of_the_field_that_they_name()
    {
        StageCatalog catalog = StudyStages.Of(Read(SmallYaml.Text + "methods: [lora, dora, ia3, adalora]\n"));

        Assert.Equal(
            ["adalora-0-0", "dora-0-0", "ia3-0-0"],
            catalog.Stages.Single(stage => stage.Name == "Retrain").Plan().Select(item => item.Name).Order()
        );
    }

    [Theory]
    [InlineData("tasks: [{task: adding}]\n", "'tasks[0].task' is 'adding', but must be one of add-sub")]
    [InlineData(
        "tasks: [{task: add-sub}, {task: add-sub}]\n",
        "'tasks[1]' is called 'add-sub' as one above; give it a 'name' of its own."
    )]
    [InlineData(
        "tasks: [{name: x}]\n",
        "'tasks[0].task' is missing, and so is 'pairs'; name a task that is drawn, or files."
    )]
    [InlineData("tasks: [{task: lcm}]\n", "'tasks[0].task' is 'lcm', but 'data.tasks' has no lines of it")]
    [InlineData(
        "tasks: [{task: add-sub, limit: 50}]\n",
        "'tasks[0].limit' is given, but a model that is trained here knows the numbers of 'data.max_number'"
    )]
    [InlineData(
        "tasks: [{task: add-sub, of_base_only: true}]\n",
        "'tasks' are all 'of_base_only', but one at least is fine-tuned on"
    )]
    [InlineData(
        "tasks: [{task: mul-div, splits: {train: 9999, validation: 1, circuit: 1, test: 1}}]\n",
        "small.yaml(70,41): error CP0009: 'tasks[0].splits.train' is 9,999, but beside the corpus's share and the other splits"
    )]
    [InlineData(
        "tasks: [{task: add-sub}]\npairs: {train: {file: x}}\n",
        "'pairs' are of a study's only target, but 'tasks' are given"
    )]
    [InlineData("methods: [full]\n", "'methods' lack 'lora', but circuits are found along it")]
    [InlineData("methods: [lora, lora]\n", "'methods' name one method twice; name each once.")]
    [InlineData(
        "traps: {newline: trained}\n",
        "'traps.newline' is 'trained', but the words of a model that is trained here have no newline; leave it out."
    )]
    [InlineData("traps: {padding: loose}\n", "'traps.padding' is 'loose', but must be one of masked, trained.")]
    public void Are_told_what_does_not_go_together(string keys, string expected) =>
        Assert.Contains(expected, SmallYaml.Problems(Text(keys)));

    [Theory]
    [InlineData(
        "full_lr:",
        "ia3: {lr: 0.01}\n  full_lr:",
        "'fine_tune.ia3' is given, but 'ia3' is not among 'methods', so nothing is trained by it; add it there or leave this out."
    )]
    [InlineData(
        "critical_layers: 1",
        "critical_layers: 2",
        "'plan.critical_layers' is 2, but the model has 2 layers, of which one at least must give up rank; 1 to 1 is allowed."
    )]
    [InlineData(
        "  rank: 2",
        "  rank: 1",
        "'fine_tune.rank' is 1, but a plan takes rank from some layers for others, which 1 has none to spare for; write 2 or more."
    )]
    public void Are_told_at_once_what_would_fail_when_ranks_are_planned(string old, string text, string expected) =>
        Assert.Contains(expected, SmallYaml.Problems(SmallYaml.Text.Replace(old, text, StringComparison.Ordinal)));

    [Fact]
    public void Refuse_lines_that_hold_what_sets_ask() =>
        Assert.Contains(
            "'data.weights.mul_div' is 1.3, but beside 'tasks' its lines would hold what the sets ask; give the task in 'data.tasks' instead.",
            SmallYaml.Problems(Text(Tasks).Replace("digits: 1", "digits: 1\n    mul_div: 1.3"))
        );

    [Theory]
    [InlineData("", null, null, null, null, null)]
    [InlineData("protocol: paper\n", "test", 2.0, "trained", "batch", "discovery")]
    [InlineData(
        "protocol: paper\ntraps: {padding: masked, critical_rate_factor: 1, bos: none}\n",
        "test",
        null,
        null,
        "batch",
        null
    )]
    [InlineData("traps: {critical_rate_factor: 3}\n", null, 3.0, null, null, null)]
    public void Open_the_traps_of_their_protocol_but_for_those_that_they_name(
        string keys,
        string? pairs,
        double? factor,
        string? padding,
        string? scores,
        string? bos
    )
    {
        TrapsSpec open = Read(SmallYaml.With("n_ctx: 16", "n_ctx: 32") + keys).OpenTraps;

        Assert.Equal(
            (pairs, factor, padding, scores, bos),
            (open.CircuitPairs, open.CriticalRateFactor, open.Padding, open.ScoresPer, open.Bos)
        );
        Assert.Null(open.Newline); // which words do not have
    }

    [Fact]
    public void Of_the_papers_protocol_find_and_measure_circuits_with_the_test_set()
    {
        StageCatalog catalog = StudyStages.Of(Read(SmallYaml.With("n_ctx: 16", "n_ctx: 32") + "protocol: paper\n"));

        Assert.All(
            catalog
                .Stages.Where(stage => stage.Name is "AttributeEdges" or "EvaluateCircuits")
                .SelectMany(stage => stage.Plan()),
            item =>
                Assert.Contains(
                    item.Inputs,
                    input =>
                        input.File
                        == (
                            item.Name.EndsWith("-again", StringComparison.Ordinal) ? "circuit-2.jsonl"
                            : item.Name.EndsWith("-div", StringComparison.Ordinal) ? "mul-div.jsonl"
                            : item.Name.EndsWith("-step", StringComparison.Ordinal) ? "two-step.jsonl"
                            : "test.jsonl"
                        )
                )
        );
    }

    internal static string Text(string keys) =>
        SmallYaml
            .Text.Replace(
                "    add_sub_large: 0.7\n    mul_div: 1.3\n    two_step: 0.5\n",
                Lines,
                StringComparison.Ordinal
            )
            .Replace("max_number: 100", "max_number: 140", StringComparison.Ordinal) + keys;

    private static ExperimentSpec Read(string text) => SpecReader.ReadText(text, "experiments/small.yaml");
}
