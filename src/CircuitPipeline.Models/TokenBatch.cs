using CircuitPipeline.Tensors.Calls;
using static TorchSharp.torch;

namespace CircuitPipeline.Models;

/// <summary>Rows of tokens as a forward pass computes them: without their padding, and each beginning that several rows share once.</summary>
/// <remarks>
/// With causal attention, what a position computes depends on the tokens up to it alone. So embeddings, norms, linear maps and MLPs run over
/// the distinct beginnings, the nodes of the rows' prefix tree; attention alone lays them out by row again. The result is that of all rows,
/// and a shared beginning's gradient is the sum over its rows. Where next to nothing would be saved, the rows stay as they are.
/// </remarks>
public sealed class TokenBatch
{
    // Of all places of the rows; above, laying tokens out costs more than it saves.
    private const double LargestShare = 0.9;

    private readonly int[] _indices; // [row * pos], -1 behind a row's end

    private TokenBatch(int[] indices, long pos, Tensor tokens, TokenLayout? layout) =>
        (_indices, Pos, Tokens, Layout) = (indices, pos, tokens, layout);

    /// <summary>Tokens of the longest row.</summary>
    public long Pos { get; }

    /// <summary>The token ids that are computed, <c>[1, token]</c>, or <c>[batch, pos]</c> where rows stay as they are.</summary>
    internal Tensor Tokens { get; }

    /// <summary>How the tokens lie in the rows; null where these stay as they are.</summary>
    internal TokenLayout? Layout { get; }

    /// <summary>Lays out rows.</summary>
    /// <param name="tokens">Token ids, <c>[batch, pos]</c> row by row; what stands behind a row's end is not looked at.</param>
    /// <param name="lengths">Tokens of each row, at least 1.</param>
    /// <param name="device">Where they go.</param>
    /// <param name="runs">Into how many equal parts of rows, which share nothing and are filled up to equally many tokens.</param>
    /// <exception cref="ArgumentException">The numbers do not fit one another.</exception>
    public static TokenBatch Of(ReadOnlySpan<long> tokens, ReadOnlySpan<int> lengths, Device device, int runs = 1)
    {
        if (lengths.IsEmpty || lengths.Length % runs != 0 || tokens.Length % lengths.Length != 0)
        {
            throw new ArgumentException(
                $"{tokens.Length} tokens cannot be {lengths.Length} equal rows in {runs} equal parts."
            );
        }

        int pos = tokens.Length / lengths.Length;
        PrefixTree[] trees = new PrefixTree[runs];
        int[] indices = new int[tokens.Length];
        Array.Fill(indices, -1);
        for (int row = 0; row < lengths.Length; row++)
        {
            int start = row * pos;
            (trees[row / (lengths.Length / runs)] ??= new()).Add(
                tokens.Slice(start, lengths[row]),
                indices.AsSpan(start, lengths[row]),
                start
            );
        }

        int largest = LinearProducts.FilledRows(trees.Max(tree => tree.Slots.Count));
        if (runs * largest > LargestShare * tokens.Length)
        {
            for (int slot = 0; slot < indices.Length; slot++)
            {
                indices[slot] = indices[slot] < 0 ? -1 : slot;
            }

            return new TokenBatch(
                indices,
                pos,
                tensor(tokens.ToArray(), [lengths.Length, pos], device: device),
                layout: null
            );
        }

        return Packed(tokens, indices, trees, largest, pos, device);
    }

    /// <summary>Which of the computed tokens stands at a place of a row.</summary>
    /// <param name="row">The row, from 0.</param>
    /// <param name="position">The place, from 0, below the row's length.</param>
    public long IndexOf(int row, int position) => _indices[row * Pos + position];

    private static TokenBatch Packed(
        ReadOnlySpan<long> tokens,
        int[] indices,
        PrefixTree[] trees,
        int largest,
        int pos,
        Device device
    )
    {
        long[] slots = new long[trees.Length * largest]; // a place of each token; a filler stands at the first place
        int part = indices.Length / trees.Length;
        for (int run = 0; run < trees.Length; run++)
        {
            trees[run].Slots.CopyTo(slots, run * largest);
            foreach (ref int index in indices.AsSpan(run * part, part))
            {
                index += index < 0 ? 0 : run * largest;
            }
        }

        long[] ids = new long[slots.Length];
        for (int token = 0; token < ids.Length; token++)
        {
            ids[token] = tokens[(int)slots[token]];
        }

        return new TokenBatch(
            indices,
            pos,
            tensor(ids, [1, ids.Length], device: device),
            new TokenLayout(
                indices.Length / pos,
                pos,
                tensor([.. indices.Select(index => (long)Math.Max(index, 0))], device: device),
                tensor(slots, device: device),
                tensor([.. slots.Select(slot => slot % pos)], device: device)
            )
        );
    }

    // The distinct beginnings of rows, in the order in which they first come.
    private sealed class PrefixTree
    {
        private readonly Dictionary<(int Before, long Token), int> _nodes = [];

        // By node, where in all rows it first stands.
        internal List<long> Slots { get; } = [];

        internal void Add(ReadOnlySpan<long> row, Span<int> indices, int start)
        {
            int before = -1;
            for (int position = 0; position < row.Length; position++)
            {
                if (!_nodes.TryGetValue((before, row[position]), out int node))
                {
                    node = Slots.Count;
                    _nodes.Add((before, row[position]), node);
                    Slots.Add(start + position);
                }

                indices[position] = before = node;
            }
        }
    }
}

/// <summary>Where computed tokens stand in the rows that they are part of.</summary>
/// <param name="Batch">Number of rows.</param>
/// <param name="Pos">Tokens of the longest row.</param>
/// <param name="Tokens">The computed token at each place, <c>[batch · pos]</c>, Int64; any behind a row's end.</param>
/// <param name="Slots">A place of each computed token, <c>[token]</c>, Int64.</param>
/// <param name="Positions">Its position in a row, <c>[token]</c>, Int64.</param>
internal sealed record TokenLayout(long Batch, long Pos, Tensor Tokens, Tensor Slots, Tensor Positions)
{
    /// <summary><c>[1, token, head, d_head]</c> to <c>[batch, pos, head, d_head]</c>.</summary>
    internal Tensor ByRow(Tensor heads) =>
        heads.squeeze(0).index_select(0, Tokens).view(Batch, Pos, heads.size(2), heads.size(3));

    /// <summary><c>[batch, pos, head, d_head]</c> to <c>[1, token, head, d_head]</c>.</summary>
    internal Tensor ByToken(Tensor heads) => heads.flatten(0, 1).index_select(0, Slots).unsqueeze(0);
}
