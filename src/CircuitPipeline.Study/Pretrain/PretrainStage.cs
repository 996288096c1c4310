using CircuitPipeline.Models;
using CircuitPipeline.Models.Checkpoints;
using CircuitPipeline.Pipeline.Stages;
using CircuitPipeline.Prompts;
using CircuitPipeline.Prompts.Files;
using CircuitPipeline.Prompts.PromptPairs;
using CircuitPipeline.Study.Artifacts;
using CircuitPipeline.Study.Runs;
using CircuitPipeline.Study.Spec;
using CircuitPipeline.Training;
using CircuitPipeline.Training.Methods;
using TorchSharp;

namespace CircuitPipeline.Study.Pretrain;

/// <summary>Trains the base model on the corpus and measures it on the target task, which it has hardly seen.</summary>
internal sealed class PretrainStage(int seed, SeedsSpec seeds, FromScratchSpec spec, IEnumerable<StudyTask> tasks)
    : IStage
{
    /// <summary>Steps between two lines of progress.</summary>
    private const int ReportEvery = 100;

    /// <inheritdoc/>
    public string Name => PretrainFiles.StageName;

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public IEnumerable<WorkItem> Plan() =>
        Enumerable
            .Range(0, seeds.Bases)
            .Select(number =>
                WorkItem.Of(
                    ItemNames.Base(number),
                    new Slice(seed, StudyTask.NamesOf(tasks), number, spec.Model, spec.Pretrain),
                    Train,
                    [
                        new ItemInput(GenerateDataFiles.StageName, GenerateDataFiles.CorpusItem, VocabularyFile.Name),
                        new ItemInput(
                            GenerateDataFiles.StageName,
                            GenerateDataFiles.CorpusItem,
                            GenerateDataFiles.CorpusName
                        ),
                        .. tasks.Select(task => StudyPairs.Input(task, PairSets.Validation)),
                    ],
                    usesEngine: true
                )
            );

    private static void Train(Slice slice, WorkItemContext context)
    {
        string vocabularyPath = context.InputFile(GenerateDataFiles.CorpusItem, VocabularyFile.Name);
        Vocabulary vocabulary = VocabularyFile.Read(vocabularyPath);
        (string? Task, EncodedPairs Pairs)[] validation =
        [
            .. (slice.Tasks ?? [null]).Select(task =>
                (task, StudyPairs.Read(context, new StudyTask(task), PairSets.Validation, vocabulary))
            ),
        ];
        SeededRandom random = new SeededRandom(slice.Seed).Derive($"pretrain base {slice.Base}");
        torch.Device device = torch.device(context.Device);
        using torch.Generator weights = new(random.Derive("weights").NextBits());
        using Transformer model = TransformerFactory.Create(
            PretrainedShape.Of(slice.Model, vocabulary),
            weights,
            device
        );
        using TrainingRows rows = TrainingRows.OfCorpus(
            CorpusFile.Read(context.InputFile(GenerateDataFiles.CorpusItem, GenerateDataFiles.CorpusName), vocabulary),
            device
        );
        context.Progress($"{model.ParameterCount:N0} parameters, {rows.Count:N0} rows");

        KeptTraining kept = new(context);
        using TrainedAdapter all = FullFineTuning.Of(model);
        double[] losses = kept.Train(earlier =>
            new Trainer(OptionsOf(slice.Pretrain), context.Time).Train(
                all,
                rows,
                random,
                Report,
                context.Cancellation,
                from: earlier
            )
        );
        Checkpoint.Save(model, context.OutputFile(Checkpoint.WeightsFile), context.OutputFile(Checkpoint.ConfigFile));
        File.Copy(vocabularyPath, context.OutputFile(VocabularyFile.Name), overwrite: true);
        File.WriteAllBytes(
            context.OutputFile(TrainingMetrics.FileName),
            StageJson.Write(new TrainingMetrics([.. kept.Evaluations], losses))
        );

        void Report(TrainingProgress progress)
        {
            if (progress.Step % slice.Pretrain.EvaluateEvery == 0 || progress.Step == progress.Steps)
            {
                foreach ((string? task, EncodedPairs pairs) in validation)
                {
                    ExactMatch match = ExactMatch.Of(model, pairs);
                    kept.Evaluations.Add(new StepMatch(progress.Step, match) { Task = task });
                    context.Progress(
                        $"{progress}, exact match{(task is null ? "" : $" of {task}")} {match.Correct} of {match.Total}"
                    );
                }
            }
            else if (progress.Step % ReportEvery == 0 || progress.Step == 1)
            {
                context.Progress($"{progress}");
            }

            kept.After(progress);
        }
    }

    private static TrainingOptions OptionsOf(PretrainSpec spec) =>
        new()
        {
            Steps = spec.Steps,
            Batch = spec.Batch,
            LearningRate = spec.Lr,
            Schedule = step => LearningRates.WarmupCosine(step, spec.Steps, spec.WarmupSteps, spec.FinalLrFraction),
            Betas = (spec.Betas[0], spec.Betas[1]),
            WeightDecay = spec.WeightDecay,
            ClipNorm = spec.ClipNorm,
        };

    private sealed record Slice(int Seed, string?[]? Tasks, int Base, ModelShapeSpec Model, PretrainSpec Pretrain);
}
