using CircuitPipeline.Circuits.Adapters;
using CircuitPipeline.Models;
using CircuitPipeline.Models.Checkpoints;
using CircuitPipeline.Pipeline.Stages;
using CircuitPipeline.Study.Artifacts;
using CircuitPipeline.Study.Spec;
using CircuitPipeline.Training.Adapters;
using TorchSharp;

namespace CircuitPipeline.Study.Runs;

/// <summary>A model whose circuits the study looks at: a base model, one of its checkpoints of LoRA, or what another method made of it.</summary>
/// <param name="Task">The task whose circuits are looked at, and that it is fine-tuned on.</param>
/// <param name="Base">The base model's number.</param>
/// <param name="Step">Steps of fine-tuning; 0 for the base model itself. Of other methods than LoRA it is always the last.</param>
/// <param name="Method">How it was fine-tuned.</param>
internal sealed record StudyModel(StudyTask Task, int Base, int Step, string Method = FineTuneMethods.Lora)
{
    private const string StoredNarrow = "BF16"; // as safetensors names it

    /// <summary>Its name among work items.</summary>
    internal string Name =>
        Task.Item(
            Method != FineTuneMethods.Lora ? $"{Method}-{Base}"
            : Step == 0 ? ItemNames.Base(Base)
            : $"tuned-{Base}-{Step}"
        );

    /// <summary>Its name in the report.</summary>
    internal string Label => Method == FineTuneMethods.Lora ? LabelOf(Step) : Method;

    // Circuits are those of the first adapter of each base.
    private string Run => Task.Run(Method, Base, 0);

    private bool HasOwnWeights => Method == FineTuneMethods.Full;

    private (string Stage, string Item) Weights =>
        HasOwnWeights ? (RetrainFiles.StageName, Run) : (PretrainFiles.StageName, ItemNames.Base(Base));

    private ItemInput AdapterConfig =>
        Method == FineTuneMethods.Lora
            ? new(FineTuneFiles.StageName, Run, FineTuneFiles.AdapterConfigFile(Step))
            : new(RetrainFiles.StageName, Run, PeftAdapterConfig.FileName);

    private ItemInput Adapter =>
        Method == FineTuneMethods.Lora
            ? new(FineTuneFiles.StageName, Run, FineTuneFiles.AdapterFile(Step))
            : new(RetrainFiles.StageName, Run, PeftFolder.WeightsFile);

    /// <summary>The name in the report of a base model or of a checkpoint after so many steps.</summary>
    internal static string LabelOf(int step) => step == 0 ? "base" : $"step {step}";

    /// <summary>The base model and, for a task that it is fine-tuned on, its checkpoints, in order.</summary>
    internal static IEnumerable<StudyModel> Of(ExperimentSpec spec, StudyTask task, int number) =>
        [
            new(task, number, 0),
            .. StudyTask.Trained(spec).Contains(task)
                ? spec.FineTune.Checkpoints.Select(step => new StudyModel(task, number, step))
                : [],
        ];

    /// <summary>Those of all tasks and repetitions.</summary>
    internal static IEnumerable<StudyModel> All(ExperimentSpec spec) =>
        from task in StudyTask.Of(spec)
        from number in Enumerable.Range(0, spec.Seeds.Bases)
        from model in Of(spec, task, number)
        select model;

    /// <summary>What the other methods made whose circuits are found too, of each task and base model.</summary>
    internal static IEnumerable<StudyModel> Retrained(ExperimentSpec spec) =>
        from trained in StudyTask.TrainedOnBases(spec)
        from method in FineTuneMethods.Of(spec, trained.Task)
        where spec.Discover.Methods?.Contains(method) == true
        select new StudyModel(trained.Task, trained.Base, spec.FineTune.Steps, method);

    /// <summary>The files that <see cref="Load"/> and <see cref="StudyVocabulary"/> read.</summary>
    internal IEnumerable<ItemInput> Inputs(ExperimentSpec spec)
    {
        if (spec.FromScratch is not null)
        {
            yield return StudyVocabulary.Input(Base);
        }

        foreach (string file in (string[])[Checkpoint.ConfigFile, Checkpoint.WeightsFile])
        {
            yield return new ItemInput(Weights.Stage, Weights.Item, file);
        }

        if (Step > 0 && !HasOwnWeights)
        {
            yield return AdapterConfig;
            yield return Adapter;
        }
    }

    /// <summary>Reads the model in the type that its weights were imported in, its adapter merged into them.</summary>
    internal Transformer Load(WorkItemContext context)
    {
        string weights = context.Inputs[OfWeights(Checkpoint.WeightsFile)];
        Transformer model = Checkpoint.Load(
            weights,
            context.Inputs[OfWeights(Checkpoint.ConfigFile)],
            Safetensors.Entries(weights).Any(entry => entry.Dtype == StoredNarrow) ? torch.bfloat16 : torch.float32,
            torch.device(context.Device)
        );
        if (Step > 0 && !HasOwnWeights)
        {
            PeftFolder.Open(context.Inputs[AdapterConfig], context.Inputs[Adapter]).MergeInto(model);
        }

        return model;

        ItemInput OfWeights(string file) => new(Weights.Stage, Weights.Item, file);
    }
}
