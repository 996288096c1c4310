using System.Collections.Immutable;
using CircuitPipeline.Models;
using CircuitPipeline.Models.Checkpoints;
using CircuitPipeline.Pipeline.Errors;
using CircuitPipeline.Pipeline.Stages;
using CircuitPipeline.Planning;
using CircuitPipeline.Prompts;
using CircuitPipeline.Prompts.Files;
using CircuitPipeline.Prompts.PromptPairs;
using CircuitPipeline.Study.Artifacts;
using CircuitPipeline.Study.Spec;
using CircuitPipeline.Tensors.Optimizers;
using CircuitPipeline.Training;
using CircuitPipeline.Training.Methods;
using TorchSharp;

namespace CircuitPipeline.Study.Runs;

/// <summary>Fine-tuning of one base model on the target, as every method of the study does it.</summary>
internal sealed class FineTuneRun : IDisposable
{
    /// <summary>Tokens of a row whose padding is trained on; the paper's.</summary>
    internal const int PaddedLength = 32;

    internal const string TestName = "test.json";
    internal const string BaseTestName = "base-test.json";
    private const int ReportEvery = 100;

    private readonly FineTuneSpec _spec;
    private readonly string? _padding;
    private readonly WorkItemContext _context;
    private readonly StudyTask _task;
    private readonly Vocabulary? _vocabulary;
    private readonly (OtherSet Set, ExactMatch Before)[] _others;
    private readonly KeptTraining _kept;
    private readonly Lazy<EncodedPairs> _validation;
    private readonly bool _ownsModel;

    /// <summary>Reads what is trained on and measured.</summary>
    /// <param name="spec">How.</param>
    /// <param name="padding">Of the traps.</param>
    /// <param name="task">The task.</param>
    /// <param name="others">What is measured of other tasks.</param>
    /// <param name="number">The base model.</param>
    /// <param name="context">Where files are.</param>
    /// <param name="model">The base model where others have read it, whose it stays; null to read it.</param>
    internal FineTuneRun(
        FineTuneSpec spec,
        string? padding,
        StudyTask task,
        OtherSet[]? others,
        int number,
        WorkItemContext context,
        Transformer? model = null
    )
    {
        (_spec, _padding, _task, _context) = (spec, padding, task, context);
        _kept = new KeptTraining(context);
        _vocabulary = StudyVocabulary.Read(context, number);
        _ownsModel = model is null;
        Model = model ?? new StudyModel(task, number, 0).Load(context);
        Files = new FineTunedFiles(context, ItemNames.Base(number), Model);
        _validation = new Lazy<EncodedPairs>(() => Pairs(PairSets.Validation));
        _others = [.. (others ?? []).Select(set => (set, Match(set)))];
    }

    internal Transformer Model { get; }

    /// <summary>How training goes.</summary>
    internal FineTuneSpec Spec => _spec;

    /// <summary>Where files are.</summary>
    internal WorkItemContext Context => _context;

    /// <summary>Where what was trained goes.</summary>
    internal FineTunedFiles Files { get; }

    public void Dispose()
    {
        if (_ownsModel)
        {
            Model.Dispose();
        }
    }

    /// <summary>Initial adapter weights and data order of a repetition; the same for every method.</summary>
    internal static SeededRandom RandomOf(int seed, int number, int adapter) =>
        new SeededRandom(seed).Derive($"fine-tune base {number} adapter {adapter}");

    /// <summary>What every run of fine-tuning reads.</summary>
    /// <param name="task">The task.</param>
    /// <param name="number">The base model.</param>
    /// <param name="others">What is measured of other tasks.</param>
    /// <param name="imported">Where it is from; null where it is trained here.</param>
    internal static IEnumerable<ItemInput> Inputs(
        StudyTask task,
        int number,
        OtherSet[]? others,
        ImportedModel? imported
    ) =>
        [
            .. (others ?? []).Select(set => set.Input),
            .. (imported is null ? [VocabularyFile.Name] : imported.TextFiles.Add(PretrainFiles.OriginName))
                .Add(Checkpoint.ConfigFile)
                .Add(Checkpoint.WeightsFile)
                .Select(file => new ItemInput(PretrainFiles.StageName, ItemNames.Base(number), file)),
            .. new[] { PairSets.Train, PairSets.Validation, PairSets.Test }.Select(split =>
                StudyPairs.Input(task, split)
            ),
        ];

    /// <summary>Attaches LoRA matrices to the model, from the same numbers for every method.</summary>
    /// <param name="plan">Their ranks.</param>
    /// <param name="random">Of the repetition, see <see cref="RandomOf"/>.</param>
    internal LoraAdapter Attach(RankPlan plan, SeededRandom random) => Fresh(plan, random, LoraAdapter.Attach);

    /// <summary>The same matrices, which the model does not compute, see <see cref="LoraAdapter.Detached"/>.</summary>
    internal LoraAdapter Detached(RankPlan plan, SeededRandom random) => Fresh(plan, random, LoraAdapter.Detached);

    private LoraAdapter Fresh(
        RankPlan plan,
        SeededRandom random,
        Func<Transformer, Func<ModelLinear, int>, double, torch.Generator, LoraAdapter> fresh
    )
    {
        ImmutableArray<int> ranks = plan.RanksByLayer(Model.Config.NLayers);
        using torch.Generator weights = new(random.Derive("adapter weights").NextBits());
        LoraAdapter adapter = fresh(Model, linear => ranks[linear.Layer], plan.AlphaOverRank, weights);
        _context.Progress($"{adapter.ParameterCount:N0} trained parameters, ranks {string.Join(' ', ranks)}");
        return adapter;
    }

    /// <summary>Attaches what a method trains, at the uniform rank, from the same numbers for every method.</summary>
    /// <param name="method">The method.</param>
    /// <param name="random">Of the repetition, see <see cref="RandomOf"/>.</param>
    internal TrainedAdapter Attach(IAdapterMethod method, SeededRandom random)
    {
        using torch.Generator weights = new(random.Derive("adapter weights").NextBits());
        AdapterSettings settings = new()
        {
            RankOf = _ => _spec.Rank,
            AlphaOverRank = _spec.AlphaOverRank,
            Steps = _spec.Steps,
        };
        TrainedAdapter adapter = method.Attach(Model, settings, weights);
        _context.Progress($"{adapter.TrainedParameters:N0} trained parameters: {method.Summary}");
        return adapter;
    }

    /// <summary>Parameters that are trained alike, by the experiment's decay.</summary>
    internal ParameterGroup Group(IEnumerable<TorchSharp.Modules.Parameter> parameters) =>
        new([.. parameters], _spec.WeightDecay);

    /// <summary>Trains, measures on validation at the checkpoints and on test at the end, and writes both.</summary>
    /// <param name="adapter">What is trained.</param>
    /// <param name="groups">Its parameters where they are not trained alike; null for its own groups.</param>
    /// <param name="rate">Peak learning rate.</param>
    /// <param name="random">Of the repetition, see <see cref="RandomOf"/>.</param>
    /// <param name="atCheckpoint">Gets the step of each checkpoint.</param>
    internal void Train(
        TrainedAdapter adapter,
        IReadOnlyList<ParameterGroup>? groups,
        double rate,
        SeededRandom random,
        Action<int> atCheckpoint
    )
    {
        using TrainingRows rows = Rows();
        double[] losses = _kept.Train(earlier =>
            new Trainer(Options(rate, adapter, rows), _context.Time).Train(
                adapter,
                rows,
                random,
                progress => After(progress, atCheckpoint),
                _context.Cancellation,
                groups,
                earlier
            )
        );
        Finish(adapter, losses);
    }

    /// <summary>Measures on validation where a step is a checkpoint, and keeps the state where it is time to.</summary>
    /// <param name="progress">After a step, with the adapter attached to the model where it is a checkpoint.</param>
    /// <param name="atCheckpoint">Gets the step of each checkpoint.</param>
    internal void After(TrainingProgress progress, Action<int> atCheckpoint)
    {
        if (IsCheckpoint(progress.Step))
        {
            ExactMatch match = ExactMatch.Of(Model, _validation.Value);
            _kept.Evaluations.Add(new StepMatch(progress.Step, match));
            _context.Progress($"{progress}, exact match {match.Correct} of {match.Total}");
            atCheckpoint(progress.Step);
        }
        else if (progress.Step % ReportEvery == 0)
        {
            _context.Progress($"{progress}");
        }

        _kept.After(progress);
    }

    /// <summary>Whether the model is measured after a step.</summary>
    internal bool IsCheckpoint(int step) => _spec.Checkpoints.Contains(step);

    /// <summary>Writes the losses and evaluations, and measures on test.</summary>
    /// <param name="adapter">What was trained, attached to the model.</param>
    /// <param name="losses">Of every step.</param>
    internal void Finish(TrainedAdapter adapter, double[] losses)
    {
        File.WriteAllBytes(
            _context.OutputFile(TrainingMetrics.FileName),
            StageJson.Write(new TrainingMetrics([.. _kept.Evaluations], losses))
        );
        Test(
            TestName,
            right =>
                TestAnswers.Of(adapter.TrainedParameters, right) with
                {
                    KeptParameters =
                        adapter.KeptParameters == adapter.TrainedParameters ? null : adapter.KeptParameters,
                    Tokens = TokensOf(Pairs(PairSets.Train)),
                    Others =
                        _others.Length == 0
                            ? null
                            :
                            [
                                .. _others.Select(other => new OtherAnswers(
                                    other.Set.Label,
                                    other.Before,
                                    Match(other.Set)
                                )),
                            ],
                }
        );
    }

    /// <summary>Measures the base model on the test split.</summary>
    internal void TestBase() => Test(BaseTestName, right => TestAnswers.Of(0, right));

    private void Test(string file, Func<bool[], TestAnswers> answersOf)
    {
        bool[] right = ExactMatch.Each(Model, Pairs(PairSets.Test));
        File.WriteAllBytes(_context.OutputFile(file), StageJson.Write(answersOf(right)));
        _context.Progress($"test: {right.Count(isRight => isRight):N0} of {right.Length:N0} right");
    }

    /// <summary>What is trained on.</summary>
    internal TrainingRows Rows() =>
        _padding != TrapsSpec.Trained ? TrainingRows.OfPrompts(Pairs(PairSets.Train), Model.Device)
        : Model.Config.EosTokenId is { } end
            ? TrainingRows.OfPaddedPrompts(Pairs(PairSets.Train), PaddedLength, end, Model.Device)
        : throw new StageFailedException(
            "'traps.padding' is 'trained', but the model's configuration names no end of text that rows are padded with; write 'masked'"
        );

    // Without padding; every row comes as often as any other.
    private long TokensOf(EncodedPairs rows) =>
        (long)
            Math.Round(
                (double)_spec.Steps
                    * _spec.Batch
                    * Enumerable.Range(0, rows.Count).Average(row => rows[row].AnswerPosition + 1)
            );

    private ExactMatch Match(OtherSet set) =>
        ExactMatch.Of(Model, StudyPairs.Read(_context, new StudyTask(set.Task), set.Pairs, _vocabulary));

    private EncodedPairs Pairs(string split) => StudyPairs.Read(_context, _task, split, _vocabulary);

    private TrainingOptions Options(double rate, TrainedAdapter adapter, TrainingRows rows) =>
        Options(rate) with
        {
            ActivationCheckpointing = StepMemory.NeedsCheckpointing(_context, adapter, rows, _spec),
        };

    /// <summary>How training goes, with all activations kept.</summary>
    /// <param name="rate">Peak learning rate.</param>
    internal TrainingOptions Options(double rate) =>
        new()
        {
            Steps = _spec.Steps,
            Batch = _spec.Batch,
            Accumulation = _spec.Accumulation ?? 1,
            LearningRate = rate,
            Schedule = step => LearningRates.WarmupLinear(step, _spec.Steps, _spec.WarmupSteps),
            WeightDecay = _spec.WeightDecay,
            ClipNorm = _spec.ClipNorm,
        };
}
