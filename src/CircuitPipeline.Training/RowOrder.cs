using CircuitPipeline.Prompts;

namespace CircuitPipeline.Training;

/// <summary>Which rows each step takes: every row once in a random order, then again in another one.</summary>
internal sealed class RowOrder(int rows, SeededRandom random)
{
    private readonly Queue<long> _left = new();
    private int _round;

    internal long[] Next(int batch)
    {
        long[] taken = new long[batch];
        for (int i = 0; i < batch; i++)
        {
            if (_left.Count == 0)
                Refill();
            taken[i] = _left.Dequeue();
        }

        return taken;
    }

    private void Refill()
    {
        foreach (int row in random.Derive($"round {_round++}").Shuffled(Enumerable.Range(0, rows)))
            _left.Enqueue(row);
    }
}
