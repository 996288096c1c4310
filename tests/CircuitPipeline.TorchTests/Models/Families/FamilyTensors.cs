namespace CircuitPipeline.TorchTests.Models.Families;

/// <summary>Random tensors with the names and shapes that a family's files have.</summary>
internal static class FamilyTensors
{
    /// <summary>Norm weights around 1 (Gemma's around 0, since it adds 1), biases that matter, maps that keep the size of vectors.</summary>
    internal static Dictionary<string, PlainTensor> Draw(PlainConfig config, int seed)
    {
        Random random = new(seed);
        Dictionary<string, PlainTensor> tensors = [];
        foreach ((string name, int[] shape) in Shapes(config))
        {
            bool isNorm = name.EndsWith(".weight", StringComparison.Ordinal) && shape.Length == 1;
            double center = isNorm && config.Family != "gemma2" ? 1 : 0;
            int inputs =
                shape.Length == 1 ? 0
                : IsTransposed(config, name) ? shape[0]
                : shape[1];
            double reach = inputs == 0 ? 0.4 : Math.Sqrt(4.0 / inputs);
            int count = shape.Aggregate(1, (product, size) => product * size);
            tensors.Add(
                name,
                new(shape, [.. Enumerable.Range(0, count).Select(_ => center + reach * (2 * random.NextDouble() - 1))])
            );
        }

        return tensors;
    }

    /// <summary>All names with the prefix of the body; a tied model has the embedding alone.</summary>
    internal static IEnumerable<(string Name, int[] Shape)> Shapes(PlainConfig config)
    {
        PlainNames names = PlainNames.Of(config.Family);
        string prefix = names.Prefixes[0];
        yield return ($"{prefix}{names.Embedding}.weight", [config.Vocab, config.Hidden]);
        if (names.Positions is string positions)
        {
            int rows = config.MaxPositions + (config.Family == "opt" ? 2 : 0);
            yield return ($"{prefix}{positions}.weight", [rows, config.Hidden]);
        }

        for (int layer = 0; layer < config.Layers; layer++)
        {
            foreach ((string name, int[] shape) in FamilyLayerShapes.Of(config))
            {
                yield return ($"{prefix}{names.Layer(layer)}.{name}", shape);
            }
        }

        if (config.HasFinalNorm)
        {
            foreach ((string name, int[] shape) in FamilyLayerShapes.Norm(config, names.FinalNorm))
            {
                yield return (prefix + name, shape);
            }
        }

        if (!config.Tied)
        {
            yield return ($"{names.Unembedding}.weight", [config.Vocab, config.Hidden]);
        }
    }

    // GPT-2 stores the maps of its layers as [in, out].
    private static bool IsTransposed(PlainConfig config, string name) =>
        config.Family == "gpt2" && name.Contains(".h.", StringComparison.Ordinal);
}
