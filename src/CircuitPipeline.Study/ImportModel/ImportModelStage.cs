using CircuitPipeline.Models;
using CircuitPipeline.Models.Checkpoints;
using CircuitPipeline.Pipeline.Stages;
using CircuitPipeline.Prompts.PromptPairs;
using CircuitPipeline.Study.Artifacts;
using CircuitPipeline.Study.Runs;
using CircuitPipeline.Training;
using CircuitPipeline.Training.Adapters;
using TorchSharp;

namespace CircuitPipeline.Study.ImportModel;

/// <summary>
/// Takes a checkpoint in the place of a model trained here: one file of weights in the study's type with its adapter merged, its tokenizer's files as they are, and its answers
/// to the validation splits.
/// </summary>
internal sealed class ImportModelStage(ImportedModel model, IEnumerable<StudyTask> tasks) : IStage
{
    /// <inheritdoc/>
    public string Name => PretrainFiles.StageName;

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public IEnumerable<WorkItem> Plan() =>
        [
            WorkItem.Of(
                ItemNames.Base(0),
                new Slice(model.Origin, StudyTask.NamesOf(tasks)) { Place = model },
                Import,
                tasks.Select(task => StudyPairs.Input(task, PairSets.Validation)),
                usesEngine: true
            ),
        ];

    private static void Import(Slice slice, WorkItemContext context)
    {
        ImportedModel source = slice.Place;
        CheckpointOptions options = new()
        {
            IgnoredKeys = [.. source.Origin.IgnoreKeys ?? []],
            IgnoredTensors = [.. source.Origin.IgnoreTensors ?? []],
        };
        using Transformer model = Checkpoint.Load(
            source.Folder,
            source.Origin.Dtype is null ? torch.float32 : torch.bfloat16,
            torch.device(context.Device),
            options
        );
        if (source.AdapterFolder is { } adapter)
        {
            PeftFolder.Open(adapter).MergeInto(model);
        }

        Checkpoint.Save(model, context.OutputFile(Checkpoint.WeightsFile), context.OutputFile(Checkpoint.ConfigFile));
        foreach (string file in source.TextFiles)
        {
            File.Copy(Path.Combine(source.Folder, file), context.OutputFile(file));
        }

        source.MustBeAsItWas(context.Cancellation);
        StepMatch[] matches = [.. (slice.Tasks ?? [null]).Select(Answers)];
        File.WriteAllBytes(
            context.OutputFile(TrainingMetrics.FileName),
            StageJson.Write(new TrainingMetrics(matches, []))
        );
        File.WriteAllBytes(context.OutputFile(PretrainFiles.OriginName), StageJson.Write(source.Origin));
        context.Progress(
            $"{model.ParameterCount:N0} parameters, exact match {string.Join(", ", matches.Select(match => $"{(match.Task is null ? "" : $"of {match.Task} ")}{match.Match.Correct} of {match.Match.Total}"))}"
        );

        StepMatch Answers(string? task)
        {
            EncodedPairs pairs = StudyPairs.Read(context, new StudyTask(task), PairSets.Validation, null);
            return new StepMatch(0, ExactMatch.Of(model, pairs)) { Task = task };
        }
    }

    // The place is not in the key: the same files give the same bytes wherever they lie.
    private sealed record Slice(BaseModelOrigin Model, string?[]? Tasks)
    {
        internal required ImportedModel Place { get; init; }
    }
}
