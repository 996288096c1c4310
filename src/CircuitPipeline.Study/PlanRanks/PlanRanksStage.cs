using CircuitPipeline.Circuits;
using CircuitPipeline.Pipeline.Stages;
using CircuitPipeline.Planning;
using CircuitPipeline.Prompts;
using CircuitPipeline.Study.Artifacts;
using CircuitPipeline.Study.Spec;

namespace CircuitPipeline.Study.PlanRanks;

/// <summary>Plans adapter ranks from how the circuit changed, each plan with the uniform adapter's number of parameters.</summary>
internal sealed class PlanRanksStage(ExperimentSpec spec) : IStage
{
    /// <inheritdoc/>
    public string Name => PlanRanksFiles.StageName;

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public IEnumerable<WorkItem> Plan() =>
        Enumerable
            .Range(0, spec.Seeds.Bases)
            .Select(number =>
                WorkItem.Of(
                    PlanRanksFiles.ItemOf(number),
                    new Slice(
                        spec.Seed,
                        number,
                        new Uniform(spec.FineTune.Steps, spec.FineTune.Rank, spec.FineTune.AlphaOverRank),
                        new Size(spec.Discover.ComparePercent),
                        spec.Plan
                    ),
                    PlanRanks,
                    [
                        .. Circuits(number, spec.FineTune.Steps, spec.Discover.ComparePercent),
                        new ItemInput(PretrainFiles.StageName, ItemNames.Base(number), Models.Checkpoint.ConfigFile),
                    ]
                )
            );

    // The circuits before and after, and the one before once more from other pairs, for the floor.
    private static ItemInput[] Circuits(int number, int lastStep, double percent) =>
        [
            SelectCircuitsFiles.CircuitOf(new StudyModel(number, 0), PairSets.First, percent),
            SelectCircuitsFiles.CircuitOf(new StudyModel(number, lastStep), PairSets.First, percent),
            SelectCircuitsFiles.CircuitOf(new StudyModel(number, 0), PairSets.Second, percent),
        ];

    private static void PlanRanks(Slice slice, WorkItemContext context)
    {
        Circuit[] circuits =
        [
            .. Circuits(slice.Base, slice.FineTune.Steps, slice.Discover.ComparePercent)
                .Select(input => CircuitFile.Read(context.Inputs[input])),
        ];
        CircuitDiff diff = CircuitDiff.Between(circuits[0], circuits[1]);
        CircuitDiff floor = CircuitDiff.Between(circuits[0], circuits[2]);
        TransformerConfig config = HuggingFaceConfig.Read(
            context.InputFile(ItemNames.Base(slice.Base), Models.Checkpoint.ConfigFile)
        );
        RankPlanner planner = new(config, slice.FineTune.AlphaOverRank);
        RankBudget budget = RankBudget.EqualTo(slice.FineTune.Rank, slice.Plan.CriticalLayers);
        LayerRule rule = LayerRule.OfDiff.Single(known => known.Name == slice.Plan.Rule);
        RankPlan circuit = planner.Plan(diff, rule, budget);
        RandomLayers chance = new((int)(ChanceOf(slice) % int.MaxValue)) { Except = [.. circuit.CriticalLayers] };
        Write(FineTuneMethods.Lora, planner.Uniform(slice.FineTune.Rank));
        Write(FineTuneMethods.CircuitLora, circuit);
        Write(FineTuneMethods.RandomLora, planner.Plan(diff, chance, budget));
        File.WriteAllBytes(
            context.OutputFile(PlanRanksFiles.RulesName),
            StageJson.Write(
                RuleComparison
                    .Of(diff, slice.Plan.CriticalLayers, LayerRule.OfDiff)
                    .Zip(RuleComparison.Of(floor, slice.Plan.CriticalLayers, LayerRule.OfDiff), RuleRow.Of)
                    .SelectMany(rows => rows)
                    .ToArray()
            )
        );

        void Write(string method, RankPlan plan)
        {
            context.Progress($"{method}: {plan.Why}");
            File.WriteAllBytes(
                context.OutputFile(PlanRanksFiles.PlanFile(method)),
                StageJson.Write(PlannedRanks.Of(plan, config.NLayers))
            );
        }
    }

    private static ulong ChanceOf(Slice slice) =>
        new SeededRandom(slice.Seed).Derive($"random layers base {slice.Base}").NextBits();

    private sealed record Slice(int Seed, int Base, Uniform FineTune, Size Discover, PlanSpec Plan);

    private sealed record Uniform(int Steps, int Rank, double AlphaOverRank);

    private sealed record Size(double ComparePercent);
}
