using CircuitPipeline.Circuits.Config;
using CircuitPipeline.Tensors.Calls;
using TorchSharp;
using static TorchSharp.torch;

namespace CircuitPipeline.Models.Layers;

/// <summary>
/// Turns pairs of a head's dimensions by an angle that grows with the position (Su et al. 2021, arXiv:2104.09864,
/// eq. 34), over the first rotary dimensions only and pairing i with i + half, as GPT-NeoX does.
/// </summary>
internal sealed class RotaryEmbedding(TransformerConfig config)
{
    private readonly int _dimensions = config.RotaryDimensions;

    /// <summary>Cosines and sines for positions first … first + length - 1, each <c>[pos, 1, rotary]</c>.</summary>
    /// <remarks>Computed in float64 and rounded once, so that float64 models lose nothing.</remarks>
    internal (Tensor Cosine, Tensor Sine) Table(long first, long length, ScalarType type, Device device)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor exponents = Numbers
            .Range(0, _dimensions / 2, device)
            .to(ScalarType.Float64)
            .Times(2)
            .DividedBy(_dimensions);
        Tensor frequencies = Scaled(exponents.Times(-Math.Log(config.RotaryBase)).exp()); // [rotary / 2]
        Tensor angles = Numbers.Range(first, first + length, device).to(ScalarType.Float64).outer(frequencies);
        Tensor paired = cat([angles, angles], -1).unsqueeze(1); // [pos, 1, rotary]
        return (paired.cos().to(type).MoveToOuterDisposeScope(), paired.sin().to(type).MoveToOuterDisposeScope());
    }

    /// <summary>Rotates queries or keys, <c>[batch, pos, head, d_head]</c>.</summary>
    internal Tensor Rotate(Tensor heads, Tensor cosine, Tensor sine)
    {
        long dHead = heads.size(-1);
        Tensor turned = _dimensions == dHead ? heads : heads.narrow(-1, 0, _dimensions);
        Tensor[] halves = turned.chunk(2, -1);
        Tensor rotated = (turned * cosine).Plus(cat([-halves[1], halves[0]], -1) * sine);
        return _dimensions == dHead ? rotated : cat([rotated, heads.narrow(-1, _dimensions, dHead - _dimensions)], -1); // [batch, pos, head, d_head]
    }

    private Tensor Scaled(Tensor frequencies)
    {
        if (config.RotaryScaling is not { } scaling)
        {
            return frequencies;
        }

        double[] scaled = [.. frequencies.cpu().data<double>().ToArray().Select(scaling.Of)];
        return tensor(scaled, device: frequencies.device);
    }
}
