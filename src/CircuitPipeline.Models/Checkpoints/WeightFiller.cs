using static TorchSharp.torch;

namespace CircuitPipeline.Models.Checkpoints;

/// <summary>Copies stored tensors into a model's parameters, each exactly once.</summary>
/// <param name="model">The model.</param>
/// <param name="places">Says which goes where; without problems.</param>
internal sealed class WeightFiller(Transformer model, CheckpointPlaces places)
{
    private readonly HashSet<string> _turned = CheckpointNames.Turned(model);
    private readonly Dictionary<string, Tensor> _parameters = model.state_dict();

    /// <summary>Takes all tensors of all files.</summary>
    /// <exception cref="InvalidDataException">An unembedding is only said to be tied.</exception>
    internal void Fill()
    {
        using IDisposable frozen = no_grad();
        foreach (string path in places.Paths)
        {
            Safetensors.Fill(path, entry => places.TargetOf(entry.Name) is { } target ? PlaceOf(target) : null);
        }

        foreach (string path in places.Paths)
        {
            Safetensors.ReadRows(
                path,
                entry => places.RepeatsEmbedding(entry.Name),
                (entry, first, rows) => MustRepeatEmbedding(path, entry, first, rows)
            );
        }
    }

    private Tensor PlaceOf(string target) => _turned.Contains(target) ? _parameters[target].t() : _parameters[target];

    private void MustRepeatEmbedding(string path, TensorEntry entry, long first, Tensor rows)
    {
        Tensor embedding = _parameters[places.Embedding];
        if (!rows.to(embedding.dtype).to(embedding.device).Equals(embedding.narrow(0, first, rows.size(0))))
        {
            throw new InvalidDataException($"{path}: {places.Differing(entry.Name)}");
        }
    }
}
