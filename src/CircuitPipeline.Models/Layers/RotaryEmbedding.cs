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

    /// <summary>What positions first … first + length - 1 turn by.</summary>
    /// <remarks>Computed in float64 and rounded once, so that float64 models lose nothing.</remarks>
    internal RotaryTables Tables(long first, long length, ScalarType type, Device device)
    {
        using DisposeScope scope = NewDisposeScope();
        long still = config.DHead - _dimensions;
        Tensor exponents = Numbers
            .Range(0, _dimensions / 2, device)
            .to(ScalarType.Float64)
            .Times(2)
            .DividedBy(_dimensions);
        Tensor frequencies = Scaled(exponents.Times(-Math.Log(config.RotaryBase)).exp()); // [rotary / 2]
        frequencies = cat([frequencies, frequencies, zeros(still, ScalarType.Float64, device)]); // [d_head]
        Tensor angles = Numbers.Range(first, first + length, device).to(ScalarType.Float64).outer(frequencies); // [pos, d_head]
        // A copy for each head, so that products run along whole rows of memory.
        Tensor PerHead(Tensor table) =>
            table.to(type).unsqueeze(1).expand(-1, config.NHeads, -1).contiguous().MoveToOuterDisposeScope();

        return new RotaryTables(
            PerHead(angles.cos()),
            PerHead(angles.sin()),
            Turn(device).to(type).MoveToOuterDisposeScope()
        );
    }

    /// <summary>Rotates queries or keys, <c>[batch, pos, head, d_head]</c>.</summary>
    internal static Tensor Rotate(Tensor heads, RotaryTables tables) =>
        (heads * tables.Cosine).PlusProductInPlace(LinearProducts.Linear(heads, tables.Turn), tables.Sine);

    // x to (-x₂, x₁, 0): a product with numbers of 0, 1 and -1 is exact, and faster than parts of a few numbers. [d_head, d_head]
    private Tensor Turn(Device device)
    {
        (int width, int half) = (config.DHead, _dimensions / 2);
        double[] turn = new double[width * width];
        for (int i = 0; i < half; i++)
        {
            turn[i * width + i + half] = -1;
            turn[(i + half) * width + i] = 1;
        }

        return tensor(turn, [width, width], device: device);
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

/// <summary>What queries and keys are turned by: x ∘ cos + (Turn x) ∘ sin.</summary>
/// <param name="Cosine"><c>[pos, head, d_head]</c>; 1 where nothing turns.</param>
/// <param name="Sine"><c>[pos, head, d_head]</c>; 0 where nothing turns.</param>
/// <param name="Turn"><c>[d_head, d_head]</c>, of 0, 1 and -1.</param>
internal sealed record RotaryTables(Tensor Cosine, Tensor Sine, Tensor Turn)
{
    /// <summary>Those of tokens at some positions, <c>[token]</c>, in the place of all positions.</summary>
    internal RotaryTables At(Tensor positions) =>
        this with
        {
            Cosine = Cosine.index_select(0, positions),
            Sine = Sine.index_select(0, positions),
        };
}
