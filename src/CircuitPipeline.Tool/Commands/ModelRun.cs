using CircuitPipeline.Attribution;
using CircuitPipeline.Attribution.Evaluation;
using CircuitPipeline.Attribution.Running;
using CircuitPipeline.Models;
using CircuitPipeline.Models.Checkpoints;
using CircuitPipeline.Pipeline.Errors;
using CircuitPipeline.Pipeline.Running;
using CircuitPipeline.Prompts;
using CircuitPipeline.Prompts.Files;
using CircuitPipeline.Prompts.PromptPairs;
using CircuitPipeline.Study.Engine;
using CircuitPipeline.Tool.CommandLine;
using TorchSharp;

namespace CircuitPipeline.Tool.Commands;

/// <summary>A model in memory, and the pairs that it is run on.</summary>
/// <param name="Options">How it is run.</param>
/// <param name="Model">The model; disposed with this.</param>
/// <param name="Pairs">The pairs.</param>
internal sealed record ModelRun(ModelRunOptions Options, Transformer Model, EncodedPairs Pairs) : IDisposable
{
    public void Dispose() => Model.Dispose();

    /// <summary>Reads the pairs, then the model, which takes longer; warns on standard error, as of a libtorch of another version.</summary>
    /// <param name="options">How it is run.</param>
    /// <param name="metric">What pairs must have answers for; null where none is measured.</param>
    /// <param name="context">Where it warns.</param>
    /// <exception cref="InvalidExperimentException">The machine has no such device.</exception>
    internal static ModelRun Load(ModelRunOptions options, Metric? metric, CommandContext context)
    {
        string words = Path.Combine(options.Model, VocabularyFile.Name);
        Vocabulary? vocabulary = File.Exists(words) ? VocabularyFile.Read(words) : null;
        EncodedPairs pairs = PairsFile.Read(options.Pairs, vocabulary);
        metric?.MustBeDefinedFor(pairs);
        WarningEngine engine = new(new TorchEngine(), context.Environment.Error.WriteLine);
        engine.Describe(options.Engine);
        engine.Prepare(options.Engine);
        torch.ScalarType dtype = options.Dtype switch
        {
            "float64" => torch.float64,
            "bfloat16" => torch.bfloat16,
            _ => torch.float32,
        };
        return new ModelRun(options, Checkpoint.Load(options.Model, dtype, torch.device(options.Device)), pairs);
    }

    /// <summary>The batch that was asked for, or the largest that the memory holds.</summary>
    /// <param name="bound">The memory that a batch takes, for prompts of so many positions.</param>
    /// <exception cref="InvalidExperimentException">The memory does not hold one pair.</exception>
    internal int BatchWithin(Func<int, MemoryBound> bound) =>
        Options.Memory is not { } memory
            ? Options.Batch
            : UserErrors.Wrap(() =>
                Math.Min(
                    Pairs.Count,
                    bound(Enumerable.Range(0, Pairs.Count).Max(pair => Pairs[pair].Clean.Length)).BatchWithin(memory)
                )
            );

    /// <summary>Runs circuits as the options say.</summary>
    internal CircuitEvaluator Evaluator(TimeProvider time) =>
        new(
            BatchWithin(positions => MemoryBound.OfCircuits(Model.Config, Model.Dtype, positions)),
            time,
            Options.Intervention ?? Intervention.Patching
        );
}
