using CircuitPipeline.Attribution;
using CircuitPipeline.Attribution.Evaluation;
using CircuitPipeline.Attribution.Running;
using CircuitPipeline.Circuits.Config;
using CircuitPipeline.Models;
using CircuitPipeline.Models.Checkpoints;
using CircuitPipeline.Pipeline.Errors;
using CircuitPipeline.Pipeline.Running;
using CircuitPipeline.Prompts.PromptPairs;
using CircuitPipeline.Study.Engine;
using CircuitPipeline.Tool.CommandLine;
using CircuitPipeline.Training.Adapters;
using TorchSharp;

namespace CircuitPipeline.Tool.Commands;

/// <summary>A model in memory, and the pairs that it is run on.</summary>
/// <param name="Options">How it is run.</param>
/// <param name="Model">The model; disposed with this.</param>
/// <param name="Pairs">The pairs.</param>
/// <param name="Rows">The file that they are from.</param>
internal sealed record ModelRun(ModelRunOptions Options, Transformer Model, EncodedPairs Pairs, PairsOfModel Rows)
    : IDisposable
{
    /// <summary>What was passed over in the model's folder; null for nothing.</summary>
    internal IgnoredNames? Ignored { get; private init; }

    // Of the longest prompt.
    private int Positions => Enumerable.Range(0, Pairs.Count).Max(pair => Pairs[pair].Clean.Length);

    public void Dispose() => Model.Dispose();

    /// <summary>Reads the pairs, then the model, which takes longer; warns on standard error, as of a libtorch of another version.</summary>
    /// <param name="options">How it is run.</param>
    /// <param name="metric">What pairs must have answers for; null where none is measured.</param>
    /// <param name="context">Where it warns.</param>
    /// <exception cref="InvalidExperimentException">The machine has no such device.</exception>
    internal static ModelRun Load(ModelRunOptions options, Metric? metric, CommandContext context)
    {
        TransformerConfig shape = options.Ignored.Config(Path.Combine(options.Model, Checkpoint.ConfigFile));
        (EncodedPairs pairs, PairsOfModel rows) = options.Pairs.PairsFor(
            options.Model,
            shape,
            metric?.Needs ?? NeededAnswers.None
        );
        PeftFolder? adapter = AdapterOverModel.Open(options.Place, shape, context);
        WarningEngine engine = new(new TorchEngine(), context.Environment.Error.WriteLine);
        engine.Describe(options.Engine);
        engine.Prepare(options.Engine);
        torch.ScalarType dtype = options.Dtype switch
        {
            "float64" => torch.float64,
            "bfloat16" => torch.bfloat16,
            "float16" => torch.float16,
            _ => torch.float32,
        };
        IgnoredNames? ignored = options.Ignored.Of(options.Model);
        Transformer model = Checkpoint.Load(
            options.Model,
            dtype,
            torch.device(options.Device),
            options.Ignored.Checkpoint
        );
        try
        {
            adapter?.MergeInto(model);
            return new ModelRun(options, model, pairs, rows) { Ignored = ignored };
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    /// <summary>The batch that was asked for, or the largest that the memory holds.</summary>
    /// <param name="bound">The memory that a batch takes, for prompts of so many positions.</param>
    /// <exception cref="InvalidExperimentException">The memory does not hold one pair.</exception>
    internal int BatchWithin(Func<int, MemoryBound> bound) =>
        Options.Memory is not { } memory
            ? Options.Batch
            : UserErrors.Wrap(() => Math.Min(Pairs.Count, bound(Positions).BatchWithin(memory)));

    /// <summary>Runs circuits as the options say.</summary>
    internal CircuitEvaluator Evaluator(TimeProvider time) =>
        new(BatchWithin(BoundOfCircuits), time, Options.Intervention ?? Intervention.Patching);

    /// <summary>The estimate of a run of circuits, from its first batch on.</summary>
    internal RunEstimate EstimateOfCircuits(string what, CommandContext context) =>
        Estimate(what, BoundOfCircuits, 1, context);

    /// <summary>The estimate of runs over pairs, from their first batch on.</summary>
    /// <param name="what">What goes on.</param>
    /// <param name="bound">The memory that a batch takes, for prompts of so many positions.</param>
    /// <param name="runs">How many runs.</param>
    /// <param name="context">Where it is printed.</param>
    internal RunEstimate Estimate(string what, Func<int, MemoryBound> bound, int runs, CommandContext context) =>
        new(
            what,
            runs,
            bound(Positions).Bytes(Math.Min(BatchWithin(bound), Pairs.Count)),
            Options.Device == Devices.Cpu,
            context
        );

    private MemoryBound BoundOfCircuits(int positions) => MemoryBound.OfCircuits(Model.Config, Model.Dtype, positions);
}
