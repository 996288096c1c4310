using CircuitPipeline.Models;
using CircuitPipeline.Tensors.Calls;
using static TorchSharp.torch;

namespace CircuitPipeline.Training;

/// <summary>What a forward pass of training takes: rows of tokens, and what should follow where.</summary>
internal sealed class RowBatch
{
    private readonly Tensor? _asked; // by label, which of the places, [label]; null: each in turn
    private readonly Tensor _labels; // [label]

    private RowBatch(TokenBatch tokens, long[] places, long[] asked, long[] labels, int[] counts, Device device)
    {
        (Tokens, Counts) = (tokens, counts);
        Places = tensor(places, device: device);
        _asked =
            places.Length == asked.Length && asked.Index().All(label => label.Item == label.Index)
                ? null
                : tensor(asked, device: device);
        _labels = tensor(labels, device: device);
    }

    internal TokenBatch Tokens { get; }

    /// <summary>Of the batch's tokens those whose logits are needed, each once, <c>[place]</c>.</summary>
    internal Tensor Places { get; }

    /// <summary>How many labels there are.</summary>
    internal long Count => _labels.size(0);

    /// <summary>How many of them each run has, whose labels follow one another.</summary>
    internal IReadOnlyList<int> Counts { get; }

    /// <summary>Lays rows one below the other; several runs share no beginnings, and have equally many places each.</summary>
    /// <param name="runs">Of equally many rows, on one device.</param>
    internal static RowBatch Of(IReadOnlyList<(TrainingRows Rows, long[] Numbers)> runs)
    {
        (TrainingRows Rows, long Number)[] rows =
        [
            .. runs.SelectMany(run => run.Numbers.Select(number => (run.Rows, number))),
        ];
        Device device = runs[0].Rows.Device;
        int[] lengths = [.. rows.Select(row => Math.Max(row.Rows.Tokens(row.Number).Length, 1))];
        int pos = lengths.Max();
        long[] tokens = new long[rows.Length * pos];
        for (int row = 0; row < rows.Length; row++)
        {
            rows[row].Rows.Tokens(rows[row].Number).CopyTo(tokens.AsSpan(row * pos));
        }

        TokenBatch batch = TokenBatch.Of(tokens, lengths, device, runs.Count);
        List<List<long>> places = [];
        List<long> labels = [];
        List<(int Run, int Place)> asked = [];
        int[] counts = new int[runs.Count];
        int first = 0;
        for (int run = 0; run < runs.Count; run++)
        {
            places.Add([]);
            Dictionary<long, int> numbers = [];
            for (int row = first; row < first + runs[run].Numbers.Length; row++)
            {
                ReadOnlySpan<long> targets = rows[row].Rows.Targets(rows[row].Number);
                for (int position = 0; position < targets.Length; position++)
                {
                    if (targets[position] == TrainingRows.NoTarget)
                    {
                        continue;
                    }

                    long token = batch.IndexOf(row, position);
                    if (numbers.TryAdd(token, places[run].Count))
                    {
                        places[run].Add(token);
                    }

                    asked.Add((run, numbers[token]));
                    labels.Add(targets[position]);
                }
            }

            counts[run] = labels.Count - counts.Sum();
            first += runs[run].Numbers.Length;
        }

        int most = LinearProducts.FilledRows(places.Max(own => own.Count));
        foreach (List<long> own in places.Where(own => own.Count > 0))
        {
            own.AddRange(Enumerable.Repeat(own[0], most - own.Count));
        }

        return new RowBatch(
            batch,
            [.. places.SelectMany(own => own)],
            [.. asked.Select(label => (long)label.Run * most + label.Place)],
            [.. labels],
            counts,
            device
        );
    }

    /// <summary>The cross-entropy of every label, <c>[label]</c>, in nats.</summary>
    internal Tensor Losses(Transformer model) => Losses(model.LogitsAt(Tokens, Places));

    /// <summary>The same of logits at <see cref="Places"/>, <c>[place, d_vocab]</c>.</summary>
    internal Tensor Losses(Tensor narrow)
    {
        Tensor logits = narrow.Wide();
        if (_asked is null)
        {
            return nn.functional.cross_entropy(logits, _labels, reduction: nn.Reduction.None);
        }

        Tensor logs = logits.log_softmax(-1);
        Tensor flat = (_asked * tensor(logs.size(1), device: logs.device)).Plus(_labels);
        return logs.flatten().index_select(0, flat).neg();
    }
}
