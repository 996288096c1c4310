using System.Collections.Immutable;
using System.Globalization;
using CircuitPipeline.Attribution;
using CircuitPipeline.Prompts.Corpora;
using CircuitPipeline.Prompts.Tasks;
using CircuitPipeline.Reporting.Results;
using CircuitPipeline.Study.Spec;

namespace CircuitPipeline.Study.Report;

/// <summary>What was set, for the reader of the report; the whole spec stands at its end.</summary>
internal static class StudySettings
{
    /// <summary>Of the task whose files these are.</summary>
    internal static ImmutableArray<Setting> OfTask(ExperimentSpec spec, ReportFiles files)
    {
        SetSizes sizes = SetSizes.Of(spec, files.Task, files.Imports);
        TaskSpec? task = spec.TaskNamed(files.Task.Name);
        return
        [
            .. task is { Task: { } name } ? (Setting[])[Drawn(spec, PromptTasks.Named(name))]
            : task is null && spec.FromScratch is { } drawn ? [Target(spec, drawn.Data)]
            : [],
            new(
                "splits",
                Text(
                    $"train {sizes.Train}, validation {sizes.Validation}, circuits {(sizes.Circuit == sizes.CircuitAgain ? $"2 x {sizes.Circuit}" : $"{sizes.Circuit} and {sizes.CircuitAgain}")}, test {sizes.Test}"
                ),
                "circuits are found on the first circuit split and measured on the second"
            ),
        ];
    }

    /// <summary>Of the whole study.</summary>
    internal static ImmutableArray<Setting> OfStudy(ExperimentSpec spec) =>
        [
            new(
                "fine-tuning",
                Text(
                    $"{spec.FineTune.Steps} steps of {spec.FineTune.Batch} prompts, rate {spec.FineTune.Lr} ({spec.FineTune.FullLr} in full), linear decay"
                ),
                "loss on the answer only"
            ),
            new(
                "adapters",
                Text(
                    $"LoRA of rank {spec.FineTune.Rank}, alpha / rank {spec.FineTune.AlphaOverRank}, on all linear maps"
                ),
                "every adapter trains the same number of parameters, from the same seeds, on the same rows in the same order"
            ),
            new(
                "circuits",
                Text($"{spec.Discover.Method}{PathOf(spec.Discover)}, {spec.Discover.Metric}, top-n by absolute score"),
                "a positive score helps; circuits are pruned until no dead node is left"
            ),
            new(
                "plan",
                Text($"rule {spec.Plan.Rule}, {spec.Plan.CriticalLayers} critical layer(s)"),
                Text($"from the circuits with {spec.Discover.ComparePercent}% of the edges")
            ),
            new(
                "repetitions",
                Text($"{spec.Seeds.Bases} base model(s), {spec.Seeds.Adapters} adapter seed(s) each"),
                "the base model is the unit of sampling"
            ),
        ];

    private static Setting Drawn(ExperimentSpec spec, IPromptTask task) =>
        new(
            "task",
            task.Summary,
            spec.FromScratch is { } own
                ? Text(
                    $"the corpus holds {100 * own.ShareOf(task.Name)}% of what can be asked; no split shares an operand with it or with another"
                )
                : "drawn for the model's tokenizer; no split shares an operand with another"
        );

    private static Setting Target(ExperimentSpec spec, CorpusSpec data) =>
        new(
            spec.Pairs is null ? "target" : "drawn target",
            Text(
                $"'calc a + b =' and 'calc a - b =' with results to {data.MaxNumber}, an operand above {data.SmallLimit}"
            ),
            Text(
                $"the corpus holds {data.LargeShare * 100}% of these pairs of numbers; no split shares one with it or with another"
            )
        );

    private static string PathOf(DiscoverSpec discover)
    {
        AttributionMethod method = AttributionMethods.Named(discover.Method);
        return (method.TakesSteps ? Text($", {discover.Steps} steps") : "")
            + (method.TakesQuadrature ? $", quadrature {discover.Quadrature}" : "");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
