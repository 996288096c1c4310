using CircuitPipeline.Models;
using CircuitPipeline.Models.Checkpoints;
using CircuitPipeline.Pipeline.Stages;
using CircuitPipeline.Study.Artifacts;
using CircuitPipeline.Study.Spec;
using CircuitPipeline.Training.Adapters;
using TorchSharp;

namespace CircuitPipeline.Study.Runs;

/// <summary>A model whose circuits the study looks at: a base model, or one of its checkpoints of fine-tuning.</summary>
/// <param name="Task">The task whose circuits are looked at, and that it is fine-tuned on.</param>
/// <param name="Base">The base model's number.</param>
/// <param name="Step">Steps of fine-tuning; 0 for the base model itself.</param>
internal sealed record StudyModel(StudyTask Task, int Base, int Step)
{
    /// <summary>Its name among work items.</summary>
    internal string Name => Task.Item(Step == 0 ? ItemNames.Base(Base) : $"tuned-{Base}-{Step}");

    /// <summary>Its name in the report.</summary>
    internal string Label => LabelOf(Step);

    // Circuits are those of the first adapter of each base.
    private string Run => Task.Run(FineTuneMethods.Lora, Base, 0);

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

    /// <summary>The files that <see cref="Load"/> and <see cref="StudyVocabulary"/> read.</summary>
    internal IEnumerable<ItemInput> Inputs(ExperimentSpec spec)
    {
        if (spec.FromScratch is not null)
        {
            yield return StudyVocabulary.Input(Base);
        }

        foreach (string file in (string[])[Checkpoint.ConfigFile, Checkpoint.WeightsFile])
        {
            yield return new ItemInput(PretrainFiles.StageName, ItemNames.Base(Base), file);
        }

        if (Step > 0)
        {
            yield return new ItemInput(FineTuneFiles.StageName, Run, FineTuneFiles.AdapterConfigFile(Step));
            yield return new ItemInput(FineTuneFiles.StageName, Run, FineTuneFiles.AdapterFile(Step));
        }
    }

    /// <summary>Reads the model, its adapter merged into its weights.</summary>
    internal Transformer Load(WorkItemContext context)
    {
        Transformer model = Checkpoint.Load(
            context.InputFile(ItemNames.Base(Base), Checkpoint.WeightsFile),
            context.InputFile(ItemNames.Base(Base), Checkpoint.ConfigFile),
            torch.float32,
            torch.device(context.Device)
        );
        if (Step > 0)
        {
            PeftFolder
                .Open(
                    context.InputFile(Run, FineTuneFiles.AdapterConfigFile(Step)),
                    context.InputFile(Run, FineTuneFiles.AdapterFile(Step))
                )
                .MergeInto(model);
        }

        return model;
    }
}
