using CircuitPipeline.Pipeline.Stages;
using CircuitPipeline.Study.Artifacts;
using CircuitPipeline.Study.Runs;
using CircuitPipeline.Study.Spec;

namespace CircuitPipeline.Study.ImportData;

/// <summary>Keeps the prompt pairs of a study whose model is a checkpoint: they were read from files, or drawn for its tokenizer, before it starts.</summary>
internal sealed class ImportDataStage(ExperimentSpec spec, TaskSets sets) : IStage
{
    /// <inheritdoc/>
    public string Name => GenerateDataFiles.StageName;

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public IEnumerable<WorkItem> Plan() =>
        StudyTask.Of(spec).SelectMany(task => ImportDataFiles.Items(task, sets.Of(task)));
}
