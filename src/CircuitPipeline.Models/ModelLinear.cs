using TorchSharp.Modules;

namespace CircuitPipeline.Models;

/// <summary>A linear map inside a block, with the place that checkpoints and adapters name.</summary>
/// <param name="Layer">The block, from 0.</param>
/// <param name="Name">Its name within the block, such as <c>attention.query_key_value</c>.</param>
/// <param name="Module">The map itself, <c>[out, in]</c>; hooks on it see its input and output.</param>
public sealed record ModelLinear(int Layer, string Name, Linear Module)
{
    /// <summary>Its name in the model, such as <c>gpt_neox.layers.0.attention.query_key_value</c>.</summary>
    public string Path => $"gpt_neox.layers.{Layer}.{Name}";
}
