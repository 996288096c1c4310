using CircuitPipeline.Attribution;
using CircuitPipeline.Models;
using CircuitPipeline.Pipeline.Errors;
using CircuitPipeline.Pipeline.Running;
using CircuitPipeline.Prompts;
using CircuitPipeline.Study.Engine;
using TorchSharp;

namespace CircuitPipeline.Study.Verbs;

/// <summary>A request's model and pairs, read.</summary>
/// <param name="Model">The model; disposed with this.</param>
/// <param name="Pairs">The pairs.</param>
internal sealed record LoadedMeasure(Transformer Model, EncodedPairs Pairs) : IDisposable
{
    /// <summary>Reads the pairs, then the model, which takes longer.</summary>
    /// <exception cref="InvalidExperimentException">The machine has no such device.</exception>
    internal static LoadedMeasure Of(MeasureRequest request)
    {
        string words = Path.Combine(request.Model, VocabularyFile.Name);
        Vocabulary? vocabulary = File.Exists(words) ? VocabularyFile.Read(words) : null;
        EncodedPairs pairs = PairsFile.Read(request.Pairs, vocabulary);
        WarningEngine engine = new(new TorchEngine(), request.Warn);
        engine.Describe(request.Engine);
        engine.Prepare(request.Engine);
        torch.ScalarType dtype = request.Dtype switch
        {
            "float64" => torch.float64,
            "bfloat16" => torch.bfloat16,
            _ => torch.float32,
        };
        return new LoadedMeasure(Checkpoint.Load(request.Model, dtype, torch.device(request.Device)), pairs);
    }

    /// <summary>The batch that was asked for, or the largest that the memory holds.</summary>
    /// <param name="request">What was asked for.</param>
    /// <param name="bound">The memory that a batch takes, for prompts of so many positions.</param>
    /// <exception cref="InvalidExperimentException">The memory does not hold one pair.</exception>
    internal int BatchOf(MeasureRequest request, Func<int, MemoryBound> bound) =>
        request.Memory is not { } memory
            ? request.Batch
            : Asked.For(() =>
                Math.Min(
                    Pairs.Count,
                    bound(Enumerable.Range(0, Pairs.Count).Max(pair => Pairs[pair].Clean.Length)).BatchWithin(memory)
                )
            );

    /// <summary>Runs circuits as the request says.</summary>
    internal CircuitEvaluator Evaluator(MeasureRequest request, TimeProvider time) =>
        new(
            BatchOf(request, positions => MemoryBound.OfCircuits(Model.Config, Model.Dtype, positions)),
            time,
            request.InterventionOrDefault
        );

    public void Dispose() => Model.Dispose();
}
