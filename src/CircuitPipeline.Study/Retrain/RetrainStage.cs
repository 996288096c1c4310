using CircuitPipeline.Models;
using CircuitPipeline.Pipeline.Stages;
using CircuitPipeline.Planning;
using CircuitPipeline.Prompts;
using CircuitPipeline.Study.Artifacts;
using CircuitPipeline.Study.Runs;
using CircuitPipeline.Study.Spec;
using CircuitPipeline.Tensors.Optimizers;
using CircuitPipeline.Training;
using CircuitPipeline.Training.Methods;
using Parameter = TorchSharp.Modules.Parameter;

namespace CircuitPipeline.Study.Retrain;

/// <summary>
/// Fine-tunes every base model again with the planned ranks, with random layers instead, by other methods, and in full; data order and initial
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
        let others = OtherSet.Beside(task, spec)
        from repetition in ItemNames.Repetitions(spec.Seeds)
        from method in FineTuneMethods.Of(spec, task).Except([FineTuneMethods.Lora])
        let item = WorkItem.Of(
            task.Run(method, repetition.Base, repetition.Adapter),
            new Slice(
                spec.Seed,
                task.Name,
                repetition.Base,
                repetition.Adapter,
                method,
                others,
                spec.FineTune.For(method),
                OpenOf(method)
            ),
            Train,
            [
                .. FineTuneRun.Inputs(task, repetition.Base, others, imported),
                .. FineTuneMethods.IsPlanned(method) ? (ItemInput[])[PlanInput(task, repetition.Base, method)] : [],
            ],
            usesEngine: true
        )
        select FineTuneMethods.IsPlanned(method)
            ? item.Jointly<Slice>(ItemNames.Base(repetition.Base), TrainAll)
            : item;

    private Open OpenOf(string method)
    {
        TrapsSpec traps = spec.OpenTraps;
        return new Open(traps.Padding, FineTuneMethods.IsPlanned(method) ? traps.CriticalRateFactor : null);
    }

    private static ItemInput PlanInput(StudyTask task, int number, string method) =>
        new(PlanRanksFiles.StageName, PlanRanksFiles.ItemOf(task, number), PlanRanksFiles.PlanFile(method));

    private static void Train(Slice slice, WorkItemContext context)
    {
        if (FineTuneMethods.IsPlanned(slice.Method))
        {
            using PlannedRun planned = Planned(slice, context, null);
            planned.Train();
            return;
        }

        using FineTuneRun run = Run(slice, context, null);
        TrainUniform(slice, run, FineTuneRun.RandomOf(slice.Seed, slice.Base, slice.Adapter));
    }

    private static IEnumerable<IReadOnlyList<WorkItemContext>> TrainAll(
        IReadOnlyList<(Slice Slice, WorkItemContext Context)> items
    ) =>
        PlannedRun.TrainAll(
            items,
            (slice, context) => new StudyModel(new StudyTask(slice.Task), slice.Base, 0).Load(context),
            Planned
        );

    private static PlannedRun Planned(Slice slice, WorkItemContext context, Transformer? model)
    {
        FineTuneRun run = Run(slice, context, model);
        RankPlan plan = RankPlanFile.Read(
            context.Inputs[PlanInput(new StudyTask(slice.Task), slice.Base, slice.Method)]
        );
        return new PlannedRun(run, plan, FineTuneRun.RandomOf(slice.Seed, slice.Base, slice.Adapter))
        {
            GroupsOf = adapter => Groups(run, adapter, plan, slice.Traps.CriticalRateFactor),
            AtEnd = adapter => run.Files.Save(adapter, plan, ""),
        };
    }

    private static FineTuneRun Run(Slice slice, WorkItemContext context, Transformer? model) =>
        new(slice.FineTune, slice.Traps.Padding, new StudyTask(slice.Task), slice.Others, slice.Base, context, model);

    private static void TrainUniform(Slice slice, FineTuneRun run, SeededRandom random)
    {
        FineTuneSpec spec = slice.FineTune;
        (IAdapterMethod method, double rate) = slice.Method switch
        {
            FineTuneMethods.Full => (new FullFineTuning(), spec.FullLr),
            AdaLora.Name => ((spec.Adalora ?? new()).Method(), spec.Lr),
            Ia3.Name => (new Ia3(spec.Ia3?.Modules ?? Ia3Modules.Peft), spec.Ia3?.Lr ?? Ia3Spec.DefaultLr),
            _ => (AdapterMethods.Named(slice.Method)!, spec.Lr),
        };
        using TrainedAdapter adapter = run.Attach(method, random);
        run.Train(adapter, null, rate, random, _ => { });
        run.Files.Save(adapter);
        if (slice.Method == FineTuneMethods.Full)
        {
            // A whole model's folder reads texts by itself.
            run.Files.CopyTexts();
        }
    }

    // The layers with the higher rank by themselves where their rate is another one.
    private static ParameterGroup[]? Groups(FineTuneRun run, LoraAdapter adapter, RankPlan plan, double? criticalFactor)
    {
        if (criticalFactor is not { } factor)
        {
            return null;
        }

        Parameter[] critical = [.. plan.CriticalLayers.SelectMany(adapter.ParametersOf)];
        Parameter[] others =
        [
            .. Enumerable
                .Range(0, run.Model.Config.NLayers)
                .Except(plan.CriticalLayers)
                .SelectMany(adapter.ParametersOf),
        ];
        ParameterGroup[] groups = [run.Group(critical) with { RateFactor = factor }, run.Group(others)];
        return [.. groups.Where(group => group.Parameters.Count > 0)];
    }

    private sealed record Slice(
        int Seed,
        string? Task,
        int Base,
        int Adapter,
        string Method,
        OtherSet[]? Others,
        FineTuneSpec FineTune,
        Open Traps
    );

    private sealed record Open(string? Padding, double? CriticalRateFactor);
}
