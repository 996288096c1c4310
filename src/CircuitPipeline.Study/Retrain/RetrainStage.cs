using CircuitPipeline.Models.Checkpoints;
using CircuitPipeline.Pipeline.Stages;
using CircuitPipeline.Planning;
using CircuitPipeline.Prompts;
using CircuitPipeline.Study.Artifacts;
using CircuitPipeline.Study.Runs;
using CircuitPipeline.Study.Spec;
using CircuitPipeline.Training;

namespace CircuitPipeline.Study.Retrain;

/// <summary>
/// Fine-tunes every base model again with the planned ranks, with random layers instead, and in full; data order and initial
/// adapter weights are those of the uniform adapter, which FineTune has trained.
/// </summary>
internal sealed class RetrainStage(ExperimentSpec spec, ImportedModel? imported) : IStage
{
    /// <inheritdoc/>
    public string Name => RetrainFiles.StageName;

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public IEnumerable<WorkItem> Plan() =>
        from task in StudyTask.Trained(spec)
        from repetition in ItemNames.Repetitions(spec.Seeds)
        from method in FineTuneMethods.Of(spec).Except([FineTuneMethods.Lora])
        select WorkItem.Of(
            task.Run(method, repetition.Base, repetition.Adapter),
            new Slice(spec.Seed, task.Name, repetition.Base, repetition.Adapter, method, spec.FineTune),
            Train,
            [
                .. FineTuneRun.Inputs(task, repetition.Base, imported),
                .. method == FineTuneMethods.Full ? (ItemInput[])[] : [PlanInput(task, repetition.Base, method)],
            ],
            usesEngine: true
        );

    private static ItemInput PlanInput(StudyTask task, int number, string method) =>
        new(PlanRanksFiles.StageName, PlanRanksFiles.ItemOf(task, number), PlanRanksFiles.PlanFile(method));

    private static void Train(Slice slice, WorkItemContext context)
    {
        SeededRandom random = FineTuneRun.RandomOf(slice.Seed, slice.Base, slice.Adapter);
        StudyTask task = new(slice.Task);
        using FineTuneRun run = new(slice.FineTune, task, slice.Base, context);
        if (slice.Method == FineTuneMethods.Full)
        {
            context.Progress($"{run.Model.ParameterCount:N0} trained parameters, all of the model's");
            run.Train(run.Model.parameters(), slice.FineTune.FullLr, random, _ => { });
            Checkpoint.Save(
                run.Model,
                context.OutputFile(Checkpoint.WeightsFile),
                context.OutputFile(Checkpoint.ConfigFile)
            );
            // A whole model's folder reads texts by itself.
            run.CopyTextFiles();
            return;
        }

        RankPlan plan = RankPlanFile.Read(context.Inputs[PlanInput(task, slice.Base, slice.Method)]);
        using LoraAdapter adapter = run.Attach(plan, random);
        run.Train(adapter.Parameters, slice.FineTune.Lr, random, _ => { });
        run.Save(adapter, plan, "");
    }

    private sealed record Slice(int Seed, string? Task, int Base, int Adapter, string Method, FineTuneSpec FineTune);
}
