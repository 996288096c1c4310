namespace CircuitPipeline.TorchTests.Models.Families;

/// <summary>What older versions stored beside the weights: masks, what masked scores become, frequencies; any element type, also scalars.</summary>
internal static class FamilyBuffers
{
    internal static Dictionary<string, (string Type, int[] Shape, byte[] Bytes)> Of(PlainConfig config)
    {
        PlainNames names = PlainNames.Of(config.Family);
        Dictionary<string, (string, int[], byte[])> buffers = [];
        for (int layer = 0; layer < config.Layers; layer++)
        {
            string name = names.Prefixes[0] + names.Layer(layer);
            switch (config.Family)
            {
                case "gpt_neox":
                    buffers.Add($"{name}.attention.bias", Mask("BOOL", config.MaxPositions));
                    buffers.Add($"{name}.attention.masked_bias", ("F32", [], BitConverter.GetBytes(-1e9f)));
                    buffers.Add($"{name}.attention.rotary_emb.inv_freq", Floats(config.Rotary!.Frequencies));
                    break;
                case "gpt2":
                    buffers.Add($"{name}.attn.bias", Mask("U8", config.MaxPositions));
                    buffers.Add($"{name}.attn.masked_bias", ("F32", [], BitConverter.GetBytes(-1e4f)));
                    break;
                case "gpt_neo":
                    buffers.Add($"{name}.attn.attention.bias", Mask("U8", config.MaxPositions));
                    buffers.Add($"{name}.attn.attention.masked_bias", ("F32", [], BitConverter.GetBytes(-1e9f)));
                    break;
                case "opt":
                    break;
                default:
                    buffers.Add($"{name}.self_attn.rotary_emb.inv_freq", Floats(config.Rotary!.Frequencies));
                    buffers.Add($"{name}.self_attn.rotary_emb.cos_cached", Floats([1, 2]));
                    buffers.Add($"{name}.self_attn.rotary_emb.sin_cached", Floats([1, 2]));
                    break;
            }
        }

        return buffers;
    }

    // [1, 1, pos, pos], ones up to the diagonal.
    private static (string Type, int[] Shape, byte[] Bytes) Mask(string type, int size)
    {
        byte[] mask = new byte[size * size];
        for (int i = 0; i < size; i++)
        {
            mask.AsSpan(i * size, i + 1).Fill(1);
        }

        return (type, [1, 1, size, size], mask);
    }

    private static (string Type, int[] Shape, byte[] Bytes) Floats(double[] values) =>
        ("F32", [values.Length], [.. values.SelectMany(value => BitConverter.GetBytes((float)value))]);
}
