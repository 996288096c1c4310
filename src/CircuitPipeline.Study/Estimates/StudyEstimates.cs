using System.Text.Json;
using CircuitPipeline.Circuits.Config;
using CircuitPipeline.Pipeline.Running;
using CircuitPipeline.Prompts;
using CircuitPipeline.Prompts.PromptPairs;
using CircuitPipeline.Prompts.Tasks;
using CircuitPipeline.Study.Artifacts;
using CircuitPipeline.Study.Imports;
using CircuitPipeline.Study.Runs;
using CircuitPipeline.Study.Spec;
using CircuitPipeline.Tensors.Reproducibility;
using CircuitPipeline.Training.Methods;
using static TorchSharp.torch;

namespace CircuitPipeline.Study.Estimates;

/// <summary>What the items of a study take in time, memory and disk, from the shape of its model, before anything runs.</summary>
internal sealed class StudyEstimates
{
    // Where no prompt can be read yet, the paper's longest.
    private const int UnknownPositions = 32;

    // Data, comparisons, plans and the page: seconds of no product.
    private static readonly ItemEstimate Little = new(0, 1000, 300_000_000, 1_000_000);

    private readonly ExperimentSpec _spec;
    private readonly StudyInputs _inputs;
    private readonly TransformerConfig _shape;
    private readonly ModelWork _work;
    private readonly Dictionary<StudyTask, TaskSize> _sizes;
    private readonly Dictionary<(string Stage, string Item), ItemEstimate> _items = [];

    private StudyEstimates(ExperimentSpec spec, StudyInputs inputs, long? memory)
    {
        (_spec, _inputs) = (spec, inputs);
        _shape =
            inputs.Model?.Shape ?? PretrainedShape.Of(spec.FromScratch!.Model, spec.FromScratch.Data.ToVocabulary());
        _work = new ModelWork(_shape, TypeOf(spec), memory);
        _sizes = StudyTask.Of(spec).ToDictionary(task => task, SizeOf);
        AddModels();
        foreach (StudyTask task in StudyTask.Trained(spec))
        {
            AddTraining(task);
        }

        AddCircuits();
        AddRediscoveries();
        AddRobustness();
    }

    /// <summary>The memory of the fine-tuning that takes most, in bytes.</summary>
    internal long FineTuningMemory =>
        _items
            .Where(item => item.Key.Stage is FineTuneFiles.StageName or RetrainFiles.StageName)
            .Select(item => item.Value.MemoryBytes)
            .DefaultIfEmpty()
            .Max();

    /// <summary>The estimates of a study's items.</summary>
    /// <param name="spec">The study.</param>
    /// <param name="inputs">What it reads.</param>
    /// <param name="memory">The most memory that fine-tuning should take, in bytes; null for what it needs.</param>
    internal static StudyEstimates Of(ExperimentSpec spec, StudyInputs inputs, long? memory = null) =>
        new(spec, inputs, memory);

    /// <summary>One clause about a whole study of a checkpoint of which nothing but the configuration is there; null where files say how many pairs it has.</summary>
    /// <param name="spec">The experiment.</param>
    /// <param name="shape">What the configuration says.</param>
    /// <param name="rate">Gives operations a second.</param>
    internal static string? Clause(ExperimentSpec spec, TransformerConfig shape, Func<double> rate) =>
        OfConfiguration(spec, shape) is { } all
            ? $"the whole study takes {Amounts.Time(all.Seconds(rate()))} here, {Amounts.Bytes(all.MemoryBytes)} of memory and {Amounts.Bytes(all.DiskBytes)} of disk, with prompts of {UnknownPositions} tokens and one job"
            : null;

    /// <summary>What such a study takes, one item after the other; null where files say how many pairs it has.</summary>
    /// <param name="spec">The experiment.</param>
    /// <param name="shape">What the configuration says.</param>
    internal static ItemEstimate? OfConfiguration(ExperimentSpec spec, TransformerConfig shape)
    {
        if (StudyTask.Of(spec).Any(task => spec.SplitsOf(task.Name) is null))
        {
            return null;
        }

        ImportedModel model = new(new BaseModelOrigin(null, null, [], null, null, null))
        {
            Folder = "",
            Shape = shape,
            TextFiles = [],
        };
        return ItemEstimate.InTurn([.. Of(spec, new StudyInputs(TaskSets.None, model))._items.Values]);
    }

    /// <summary>Of one item.</summary>
    internal ItemEstimate Of(ItemDecision decision) =>
        _items.GetValueOrDefault((decision.Stage, decision.Item), Little);

    private void AddModels()
    {
        foreach (int number in Enumerable.Range(0, _spec.Seeds.Bases))
        {
            _items[(PretrainFiles.StageName, ItemNames.Base(number))] = _spec.FromScratch is { } own
                ? _work.Pretraining(
                    own.Pretrain,
                    LongestLine(own),
                    [.. _sizes.Values.Select(size => (size.Validation, size.Positions))]
                )
                : _work.Import();
        }
    }

    private void AddTraining(StudyTask task)
    {
        TaskSize size = _sizes[task];
        foreach ((int number, int adapter) in ItemNames.Repetitions(_spec.Seeds))
        {
            foreach (string method in FineTuneMethods.Of(_spec, task))
            {
                bool isUniform = method == FineTuneMethods.Lora;
                string stage = isUniform ? FineTuneFiles.StageName : RetrainFiles.StageName;
                int checkpoints = _spec.FineTune.Checkpoints.Length;
                _items[(stage, task.Run(method, number, adapter))] = _work.FineTuning(
                    _spec.FineTune,
                    size.Positions,
                    checkpoints * size.Validation + (isUniform ? 2 : 1) * size.Test,
                    method == FineTuneMethods.Full,
                    isUniform ? checkpoints
                        : method == Pissa.Name ? 2
                        : 1,
                    Together(method)
                );
            }
        }
    }

    // Adapters of a method's stage that are trained in one pass at most; lengths are taken as the longest task's.
    private int Together(string method)
    {
        if (_spec.Numerics != Numerics.Fast || !FineTuneMethods.IsPlanned(method))
        {
            return 1;
        }

        int adapters = StudyTask
            .Trained(_spec)
            .Sum(task =>
                _spec.Seeds.Adapters
                * FineTuneMethods
                    .Planned(_spec, task)
                    .Count(other => (other == FineTuneMethods.Lora) == (method == FineTuneMethods.Lora))
            );
        long tokens = (long)StepMemory.RowsOfAPart(_spec.FineTune) * _sizes.Values.Max(size => size.Positions);
        return (int)Math.Clamp(StackedRuns.MostTokens / tokens, 1, adapters);
    }

    private void AddCircuits()
    {
        foreach ((StudyModel model, string pairs) in AttributeEdgesFiles.All(_spec))
        {
            string item = AttributeEdgesFiles.ItemOf(model, pairs);
            TaskSize size = _sizes[model.Task];
            _items[(AttributeEdgesFiles.StageName, item)] = Scores(size, size.Circuit);
            _items[(SelectCircuitsFiles.StageName, item)] = _work.Selection(_spec.Discover);
            _items[(EvaluateCircuitsFiles.StageName, model.Name)] = Evaluation(size);
        }
    }

    private void AddRediscoveries()
    {
        foreach (StudyModel model in StudyModel.Retrained(_spec))
        {
            TaskSize size = _sizes[model.Task];
            ItemEstimate scores = Scores(size, size.Circuit);
            _items[(RediscoverCircuitsFiles.StageName, model.Name)] = ItemEstimate.InTurn([
                scores, // and again, for the floor
                scores,
                _work.Selection(_spec.Discover),
                Evaluation(size),
            ]);
        }
    }

    private void AddRobustness()
    {
        foreach ((StudyModel model, bool isRandom) in EvaluateRobustnessFiles.All(_spec))
        {
            (TaskSize size, RobustnessSpec robustness) = (_sizes[model.Task], _spec.Discover.Robustness!);
            ItemEstimate scores = Scores(size, Math.Max(1, size.Circuit / robustness.Parts));
            _items[(EvaluateRobustnessFiles.StageName, EvaluateRobustnessFiles.ItemOf(model, isRandom))] =
                ItemEstimate.InTurn([
                    .. Enumerable.Repeat(scores, robustness.Parts + robustness.Shares.Length),
                    _work.Selection(_spec.Discover),
                ]);
        }
    }

    private ItemEstimate Scores(TaskSize size, int pairs) => _work.Attribution(_spec.Discover, pairs, size.Positions);

    private ItemEstimate Evaluation(TaskSize size) => _work.Evaluation(_spec.Discover, size.Circuit, size.Positions);

    private TaskSize SizeOf(StudyTask task)
    {
        SplitSpec? drawn = _spec.SplitsOf(task.Name);
        return new TaskSize(
            PositionsOf(task),
            Count(PairSets.Validation, drawn?.Validation),
            Count(PairSets.First, drawn?.Circuit),
            Count(PairSets.Test, drawn?.Test)
        );

        int Count(string set, int? count) =>
            _inputs.Sets.Of(task).Find(set) is { } read ? read.Content.AsSpan().Count((byte)'\n') : count ?? 0;
    }

    // Of the longest row of a file; what is drawn here has one length, that of the task's first item.
    private int PositionsOf(StudyTask task) =>
        _inputs.Sets.Of(task).Find(PairSets.First) is { } read ? LongestOf(read.Content)
        : _spec.FromScratch is null ? UnknownPositions
        : WordsOf(_spec.TaskNamed(task.Name)?.Task ?? "add-sub");

    private int WordsOf(string task)
    {
        IPromptTask known = PromptTasks.Named(task);
        TinyNumbers numbers = TinyNumbers.Of(_spec.FromScratch!.Data);
        return known.Ask(known.Items(numbers).First(), numbers, new SeededRandom(0))[0].Clean.Split(' ').Length;
    }

    private static ScalarType TypeOf(ExperimentSpec spec) =>
        spec.Model is ModelCheckpointSpec { Dtype: ModelCheckpointSpec.BFloat16 }
            ? ScalarType.BFloat16
            : ScalarType.Float32;

    private static int LongestOf(byte[] lines)
    {
        int longest = 0;
        ReadOnlyMemory<byte> rest = lines;
        while (rest.Span.IndexOf((byte)'\n') is >= 0 and var end)
        {
            using JsonDocument row = JsonDocument.Parse(rest[..end]);
            JsonElement clean = row.RootElement.GetProperty("clean");
            longest = Math.Max(
                longest,
                clean.ValueKind == JsonValueKind.Array ? clean.GetArrayLength() : clean.GetString()!.Split(' ').Length
            );
            rest = rest[(end + 1)..];
        }

        return longest;
    }

    // With its end; of lines that are not prompts, sequences are the longest.
    private int LongestLine(FromScratchSpec own) =>
        Math.Max(10, (own.Data.Tasks ?? []).Select(task => WordsOf(task.Task) + 2).DefaultIfEmpty().Max());

    /// <summary>How long a task's prompts are, and how many its sets have.</summary>
    private sealed record TaskSize(int Positions, int Validation, int Circuit, int Test);
}
