using CircuitPipeline.Circuits;

namespace CircuitPipeline.Models;

/// <summary>Compares what a configuration asks for with what a file holds, before memory is taken for it.</summary>
internal static class CheckpointSize
{
    // Models up to this size are built without asking: the tensor that then does not fit makes the better sentence.
    private const long Small = 1 << 26;

    /// <summary>Refuses a configuration of a large model whose matrices alone outnumber the values of its files.</summary>
    /// <exception cref="InvalidCheckpointException">The file is damaged, or holds too few values.</exception>
    internal static void MustFit(TransformerConfig config, params IReadOnlyList<string> weightsPaths)
    {
        UInt128 wanted = Matrices(config);
        if (wanted <= Small)
            return;
        UInt128 found = 0;
        foreach (TensorEntry entry in weightsPaths.SelectMany(Safetensors.Entries))
            found += (UInt128)entry.Shape.Aggregate(1L, (product, size) => product * size);
        if (wanted > found)
            throw new InvalidCheckpointException(
                $"{weightsPaths[0]}: the weights are {found} values, but the configuration asks for at least {wanted}; "
                    + "they and the configuration are not of one model."
            );
    }

    private static UInt128 Matrices(TransformerConfig config)
    {
        (ulong model, ulong mlp) = ((ulong)config.DModel, (ulong)config.DMlp);
        // Queries, keys, values and outputs; then into and out of the hidden layer.
        UInt128 block = (UInt128)(4 * model) * model + (UInt128)(2 * model) * mlp;
        UInt128 embeddings = (UInt128)model * (ulong)config.DVocab * (config.TiedEmbeddings ? 1u : 2u);
        UInt128 positions = config.HasLearnedPositions ? (UInt128)model * (ulong)config.NCtx : 0;
        return embeddings + positions + (ulong)config.NLayers * block;
    }
}
