using CircuitPipeline.Attribution;
using CircuitPipeline.Models;
using CircuitPipeline.Prompts;
using TorchSharp;

namespace CircuitPipeline.Experiments;

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
        TorchEngine engine = new();
        engine.Describe(request.Device);
        engine.Prepare(request.Device, request.Threads);
        torch.ScalarType dtype = request.Dtype == "float64" ? torch.float64 : torch.float32;
        return new LoadedMeasure(Checkpoint.Load(request.Model, dtype, torch.device(request.Device)), pairs);
    }

    public void Dispose() => Model.Dispose();
}
