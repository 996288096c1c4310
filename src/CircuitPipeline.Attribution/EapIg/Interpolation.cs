using CircuitPipeline.Models;
using CircuitPipeline.Tensors;
using static TorchSharp.torch;

namespace CircuitPipeline.Attribution;

/// <summary>Points on a straight path that replace one activation of a run.</summary>
/// <param name="Name">The activation, one of <see cref="HookNames"/>.</param>
/// <param name="Points"><c>[step, batch, pos, …]</c>.</param>
internal sealed record Interpolation(string Name, Tensor Points)
{
    /// <summary>From the corrupted (0) to the clean (1) token embeddings.</summary>
    internal static Interpolation OfInputs(Transformer model, PairBatch batch, double[] points)
    {
        using IDisposable frozen = no_grad();
        Tensor corrupted = model.Body.Embed(batch.Corrupted);
        return Between(HookNames.Embed, corrupted, model.Body.Embed(batch.Clean), points);
    }

    /// <summary>From one value of an activation (0) to another (1).</summary>
    internal static Interpolation Between(string name, Tensor from, Tensor to, double[] points)
    {
        Tensor way = to - from;
        // The end itself, since from + (to - from) is rounded.
        return new Interpolation(name, stack(points.Select(point => point == 1 ? to : from.Plus(way.Times(point)))));
    }

    /// <summary>Hooks that put the points in place; gradients reach back to the embedding, but none passes what is replaced.</summary>
    internal ActivationHooks Replacing(ActivationHooks hooks)
    {
        Tensor rows = Points.flatten(0, 1); // [step * batch, pos, …]
        return Name == HookNames.Embed
            ? hooks.With(HookNames.Embed, _ => rows.requires_grad_())
            : hooks
                .With(HookNames.Embed, embedding => embedding.detach().requires_grad_())
                // 0 times the activation keeps all before it in the graph, where its gradient is 0.
                .With(Name, activation => rows.Plus(activation.Times(0)));
    }
}
