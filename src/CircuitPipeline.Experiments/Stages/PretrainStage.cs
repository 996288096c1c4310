using System.Reflection;
using CircuitPipeline.Circuits;
using CircuitPipeline.Models;
using CircuitPipeline.Prompts;
using CircuitPipeline.Training;
using TorchSharp;

namespace CircuitPipeline.Experiments;

/// <summary>Trains the base model on the corpus and measures it on the target task, which it has hardly seen.</summary>
internal sealed class PretrainStage : IStage
{
    internal const string StageName = "Pretrain";
    internal const string MetricsName = "metrics.json";

    /// <summary>Steps between two lines of progress.</summary>
    private const int ReportEvery = 100;

    /// <inheritdoc/>
    public string Name => StageName;

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public StageCode Code { get; } =
        new(
            Assembly.GetExecutingAssembly(),
            ["Stages/PretrainStage.cs", "Stages/TrainingMetrics.cs"],
            [typeof(Trainer).Assembly]
        );

    /// <inheritdoc/>
    public IEnumerable<WorkItem> Plan(ExperimentSpec spec) =>
        Enumerable
            .Range(0, spec.Seeds.Bases)
            .Select(number =>
                WorkItem.Of(
                    ItemNames.Base(number),
                    new Slice(spec.Seed, number, spec.Model, spec.Pretrain),
                    Train,
                    [
                        new ItemInput(GenerateDataStage.StageName, GenerateDataStage.CorpusItem, VocabularyFile.Name),
                        new ItemInput(
                            GenerateDataStage.StageName,
                            GenerateDataStage.CorpusItem,
                            GenerateDataStage.CorpusName
                        ),
                        new ItemInput(
                            GenerateDataStage.StageName,
                            GenerateDataStage.TargetItem,
                            GenerateDataStage.SplitFile("validation")
                        ),
                    ],
                    usesEngine: true
                )
            );

    private static void Train(Slice slice, WorkItemContext context)
    {
        string vocabularyPath = context.InputFile(GenerateDataStage.CorpusItem, VocabularyFile.Name);
        Vocabulary vocabulary = VocabularyFile.Read(vocabularyPath);
        var validation = PromptPairFile.Read(
            context.InputFile(GenerateDataStage.TargetItem, GenerateDataStage.SplitFile("validation")),
            vocabulary
        );
        SeededRandom random = new SeededRandom(slice.Seed).Derive($"pretrain base {slice.Base}");
        torch.Device device = torch.device(context.Device);
        using torch.Generator weights = new(random.Derive("weights").NextBits());
        using Transformer model = TransformerFactory.Create(ConfigOf(slice.Model, vocabulary), weights, device);
        using TrainingRows rows = TrainingRows.OfCorpus(
            CorpusFile.Read(context.InputFile(GenerateDataStage.CorpusItem, GenerateDataStage.CorpusName), vocabulary),
            device
        );
        context.Progress($"{model.ParameterCount:N0} parameters, {rows.Count:N0} rows");

        TrainingMetrics metrics = new();
        metrics.Losses = new Trainer(OptionsOf(slice.Pretrain), context.Time).Train(
            model,
            model.parameters(),
            rows,
            random,
            Report,
            context.Cancellation
        );
        Checkpoint.Save(model, context.OutputFile(Checkpoint.WeightsFile), context.OutputFile(Checkpoint.ConfigFile));
        File.Copy(vocabularyPath, context.OutputFile(VocabularyFile.Name));
        File.WriteAllBytes(context.OutputFile(MetricsName), metrics.Write());

        void Report(TrainingProgress progress)
        {
            if (progress.Step % slice.Pretrain.EvaluateEvery == 0 || progress.Step == progress.Steps)
            {
                ExactMatch match = ExactMatch.Of(model, validation, vocabulary);
                metrics.Evaluations.Add((progress.Step, match));
                context.Progress($"{progress}, exact match {match.Correct} of {match.Total}");
            }
            else if (progress.Step % ReportEvery == 0 || progress.Step == 1)
            {
                context.Progress($"{progress}");
            }
        }
    }

    private static TransformerConfig ConfigOf(ModelSpec model, Vocabulary vocabulary) =>
        new()
        {
            Architecture = Architecture.GptNeoX,
            NLayers = model.NLayers,
            NHeads = model.NHeads,
            DModel = model.DModel,
            DMlp = model.DMlp,
            DVocab = vocabulary.Count,
            NCtx = model.NCtx,
            ParallelBlocks = true,
            RotaryPercent = model.RotaryPct,
            LayerNormEps = model.LayerNormEps,
            InitializerRange = model.InitStd,
            EosTokenId = vocabulary.EosId,
        };

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

    private sealed record Slice(int Seed, int Base, ModelSpec Model, PretrainSpec Pretrain);
}
