namespace CircuitPipeline.Models;

/// <summary>A linear map inside a block, with the place that checkpoints and adapters name.</summary>
/// <param name="Layer">The block, from 0.</param>
/// <param name="Name">Its name within the block, such as <c>attention.query_key_value</c> or <c>attn.c_attn</c>.</param>
/// <param name="Module">
/// The map itself, <c>[out, in]</c> in every family, though GPT-2's checkpoints keep it as <c>[in, out]</c>; hooks on it see
/// its input and output.
/// </param>
/// <param name="Blocks">Where the model keeps its blocks, such as <c>gpt_neox.layers</c> or <c>transformer.h</c>.</param>
public sealed record ModelLinear(int Layer, string Name, LinearMap Module, string Blocks)
{
    /// <summary>Its name in the model, such as <c>gpt_neox.layers.0.attention.query_key_value</c>.</summary>
    public string Path => $"{Blocks}.{Layer}.{Name}";
}
