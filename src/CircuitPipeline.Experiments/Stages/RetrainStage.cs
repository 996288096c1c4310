using System.Reflection;
using CircuitPipeline.Models;
using CircuitPipeline.Prompts;
using CircuitPipeline.Training;
using TorchSharp;

namespace CircuitPipeline.Experiments;

/// <summary>
/// Fine-tunes every base model again with the planned ranks, with random layers instead, and in full; data order and initial
/// adapter weights are those of the uniform adapter, which FineTune has trained.
/// </summary>
internal sealed class RetrainStage : IStage
{
    internal const string StageName = "Retrain";
    internal const string CircuitMethod = "circuit-lora";
    internal const string RandomMethod = "random-lora";
    internal const string FullMethod = "full";

    /// <inheritdoc/>
    public string Name => StageName;

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public StageCode Code { get; } =
        new(
            Assembly.GetExecutingAssembly(),
            [
                "Stages/RetrainStage.cs",
                "Stages/FineTuneStage.cs",
                "Stages/FineTuneRun.cs",
                "Stages/PlannedRanks.cs",
                "Stages/TestAnswers.cs",
                "Stages/TrainingMetrics.cs",
            ],
            [typeof(Trainer).Assembly]
        );

    /// <inheritdoc/>
    public IEnumerable<WorkItem> Plan(ExperimentSpec spec) =>
        from repetition in ItemNames.Repetitions(spec.Seeds)
        from method in (string[])[CircuitMethod, RandomMethod, FullMethod]
        select WorkItem.Of(
            ItemNames.Run(method, repetition.Base, repetition.Adapter),
            new Slice(spec.Seed, repetition.Base, repetition.Adapter, method, spec.FineTune),
            Train,
            [
                .. FineTuneRun.Inputs(repetition.Base),
                .. method == FullMethod ? (ItemInput[])[] : [PlanInput(repetition.Base, method)],
            ],
            usesEngine: true
        );

    private static ItemInput PlanInput(int number, string method) =>
        new(PlanRanksStage.StageName, PlanRanksStage.ItemOf(number), PlanRanksStage.PlanFile(method));

    private static void Train(Slice slice, WorkItemContext context)
    {
        SeededRandom random = FineTuneStage.RandomOf(slice.Seed, slice.Base, slice.Adapter);
        using FineTuneRun run = new(slice.FineTune, slice.Base, context);
        if (slice.Method == FullMethod)
        {
            context.Progress($"{run.Model.ParameterCount:N0} trained parameters, all of the model's");
            run.Train(run.Model.parameters(), slice.FineTune.FullLr, random, _ => { });
            Checkpoint.Save(
                run.Model,
                context.OutputFile(Checkpoint.WeightsFile),
                context.OutputFile(Checkpoint.ConfigFile)
            );
            return;
        }

        PlannedRanks plan = StageJson.Read<PlannedRanks>(context.Inputs[PlanInput(slice.Base, slice.Method)]);
        using torch.Generator weights = new(random.Derive("adapter weights").NextBits());
        using LoraAdapter adapter = LoraAdapter.Attach(
            run.Model,
            linear => plan.Ranks[linear.Layer],
            plan.AlphaOverRank,
            weights
        );
        context.Progress($"{adapter.ParameterCount:N0} trained parameters, ranks {string.Join(' ', plan.Ranks)}");
        run.Train(adapter.Parameters, slice.FineTune.Lr, random, _ => { });
        adapter.Save(context.OutputFile(LoraAdapter.WeightsFile));
    }

    private sealed record Slice(int Seed, int Base, int Adapter, string Method, FineTuneSpec FineTune);
}
