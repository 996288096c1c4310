using System.Collections.Immutable;
using CircuitPipeline.Circuits.Config;
using CircuitPipeline.Circuits.Diff;
using CircuitPipeline.Models.Checkpoints;
using CircuitPipeline.Pipeline.Stages;
using CircuitPipeline.Planning;
using CircuitPipeline.Prompts;
using CircuitPipeline.Study.Artifacts;
using CircuitPipeline.Study.Runs;
using CircuitPipeline.Study.Spec;

namespace CircuitPipeline.Study.PlanRanks;

/// <summary>Plans adapter ranks from how the circuit changed, each plan with the uniform adapter's number of parameters or with given ranks.</summary>
internal sealed class PlanRanksStage(ExperimentSpec spec) : IStage
{
    /// <inheritdoc/>
    public string Name => PlanRanksFiles.StageName;

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public IEnumerable<WorkItem> Plan() =>
        from trained in StudyTask.TrainedOnBases(spec)
        select WorkItem.Of(
            PlanRanksFiles.ItemOf(trained.Task, trained.Base),
            new Slice(
                spec.Seed,
                trained.Task.Name,
                trained.Base,
                new Uniform(spec.FineTune.Steps, spec.FineTune.Rank, spec.FineTune.AlphaOverRank),
                spec.Plan,
                PartsOf(trained.Task)
            ),
            PlanRanks,
            [
                DiffsOf(trained.Task, trained.Base),
                .. PartsOf(trained.Task) is null ? (ItemInput[])[] : [UnionOf(trained.Base)],
                new ItemInput(PretrainFiles.StageName, ItemNames.Base(trained.Base), Checkpoint.ConfigFile),
            ]
        );

    // Of a composed task that is planned from its parts too; else null.
    private string[]? PartsOf(StudyTask task) =>
        FineTuneMethods.Of(spec, task).Contains(FineTuneMethods.CircuitLoraUnion) ? spec.ComposedTasks![..2] : null;

    private static ItemInput UnionOf(int number) =>
        new(DiffCircuitsFiles.StageName, DiffCircuitsFiles.CompositionOf(number), DiffCircuitsFiles.UnionName);

    private static ItemInput DiffsOf(StudyTask task, int number) =>
        new(DiffCircuitsFiles.StageName, DiffCircuitsFiles.ItemOf(task, number), DiffCircuitsFiles.DiffsName);

    private static void PlanRanks(Slice slice, WorkItemContext context)
    {
        ModelDiff[] diffs = StageJson.Read<ModelDiff[]>(context.Inputs[DiffsOf(new StudyTask(slice.Task), slice.Base)]);
        ImmutableArray<LayerChange> changes = diffs
            .Single(diff => diff is { IsFloor: false, BeforeStep: 0 } && diff.AfterStep == slice.FineTune.Steps)
            .Change.Layers;
        // The base model's circuit once more from other pairs.
        ImmutableArray<LayerChange> floor = diffs
            .Single(diff => diff is { IsFloor: true, BeforeStep: 0 })
            .Change.Layers;
        TransformerConfig config = HuggingFaceConfig.Read(
            context.InputFile(ItemNames.Base(slice.Base), Checkpoint.ConfigFile)
        );
        RankPlanner planner = new(config, slice.FineTune.AlphaOverRank);
        RankBudget budget = PlannedRanks.Budget(slice.Plan, slice.FineTune.Rank);
        LayerRule rule = LayerRule.OfDiff.Single(known => known.Name == slice.Plan.Rule);
        RankPlan circuit = planner.Plan(changes, rule, budget);
        RandomLayers chance = new((int)(ChanceOf(slice) % int.MaxValue)) { Except = [.. circuit.CriticalLayers] };
        Write(FineTuneMethods.Lora, planner.Uniform(slice.FineTune.Rank));
        Write(FineTuneMethods.CircuitLora, circuit);
        if (slice.Parts is { } parts)
        {
            ImmutableArray<LayerChange> union = StageJson
                .Read<UnionChange>(context.Inputs[UnionOf(slice.Base)])
                .Change.Layers;
            RankPlan ofUnion = planner.Plan(union, rule, budget);
            Write(
                FineTuneMethods.CircuitLoraUnion,
                ofUnion with
                {
                    Why = $"From the union of the circuits of '{parts[0]}' and '{parts[1]}': {ofUnion.Why}",
                }
            );
        }

        Write(FineTuneMethods.RandomLora, planner.Plan(changes, chance, budget));
        File.WriteAllBytes(
            context.OutputFile(PlanRanksFiles.RulesName),
            StageJson.Write(LayerRule.OfDiff.SelectMany(known => Sums(known, changes, floor, slice.Plan)).ToArray())
        );

        void Write(string method, RankPlan plan)
        {
            context.Progress($"{method}: {plan.Why}");
            File.WriteAllBytes(
                context.OutputFile(PlanRanksFiles.PlanFile(method)),
                RankPlanFile.Write(plan, config.NLayers)
            );
        }
    }

    // What a rule says, and under it what the same rule says of a change by other pairs alone.
    private static LayerRuleSums[] Sums(
        LayerRule rule,
        ImmutableArray<LayerChange> changes,
        ImmutableArray<LayerChange> floor,
        PlanSpec plan
    ) =>
        [
            LayerRuleSums.Of(rule, changes, plan.CriticalLayers),
            LayerRuleSums.Of(rule, floor, plan.CriticalLayers) with
            {
                Rule = $"{rule.Name}, floor",
                Meaning = "the same between two circuits of the base model, from other pairs",
                CriticalLayers = [],
            },
        ];

    private static ulong ChanceOf(Slice slice) =>
        new SeededRandom(slice.Seed).Derive($"random layers base {slice.Base}").NextBits();

    private sealed record Slice(int Seed, string? Task, int Base, Uniform FineTune, PlanSpec Plan, string[]? Parts);

    private sealed record Uniform(int Steps, int Rank, double AlphaOverRank);
}
