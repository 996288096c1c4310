namespace CircuitPipeline.Training.Methods;

/// <summary>How many rows AdaLoRA keeps over all maps, step by step.</summary>
/// <remarks>
/// Zhang et al. 2023 (arXiv:2303.10512), eq. 12: b⁽⁰⁾ for t ≤ t_i, b⁽ᵀ⁾ for t > T - t_f, and between them
/// b⁽ᵀ⁾ + (b⁽⁰⁾ - b⁽ᵀ⁾)(1 - (t - t_i) / (T - t_i - t_f))³, without its fraction.
/// </remarks>
internal sealed class RankSchedule
{
    private readonly int _warmup;
    private readonly int _last; // the step of the last allocation
    private readonly int _steps;
    private readonly int _interval;

    internal RankSchedule(int first, int target, int warmup, int final, int steps, int interval)
    {
        if (target < 1 || first < target)
        {
            throw new ArgumentException(
                $"AdaLoRA starts with {first} rows over all maps and is to keep {target}, but it can only prune; raise the initial rank."
            );
        }

        if (warmup < 0 || final < 0 || interval < 1 || warmup + final >= steps)
        {
            throw new ArgumentException(
                $"AdaLoRA has {warmup} steps before it prunes and {final} after it, every {interval} steps, of {steps}; leave at least one between them."
            );
        }

        (First, Target, _warmup, _last, _steps, _interval) = (first, target, warmup, steps - final, steps, interval);
    }

    /// <summary>b⁽⁰⁾.</summary>
    internal int First { get; }

    /// <summary>b⁽ᵀ⁾.</summary>
    internal int Target { get; }

    internal int Warmup => _warmup;

    internal int Final => _steps - _last;

    internal int Steps => _steps;

    /// <summary>How many rows stay after a step.</summary>
    /// <param name="step">Steps taken, from 1.</param>
    internal int At(int step)
    {
        if (step <= _warmup || step > _last)
        {
            return step <= _warmup ? First : Target;
        }

        double left = 1 - (double)(step - _warmup) / (_last - _warmup);
        return (int)((First - Target) * (left * left * left) + Target);
    }

    /// <summary>Whether sensitivities are still smoothed after a step: before the last allocation.</summary>
    internal bool Measures(int step) => step < _last;

    /// <summary>Whether rows are chosen anew after a step: in intervals, and at the end of the second phase.</summary>
    internal bool Allocates(int step) => step > _warmup && (step == _last || (step < _last && step % _interval == 0));

    /// <summary>The rows with the highest scores; of equal ones the first.</summary>
    /// <param name="scores">Of all rows.</param>
    /// <param name="kept">How many stay.</param>
    /// <returns>True for those that stay, in the order of the scores.</returns>
    internal static bool[] Kept(IReadOnlyList<double> scores, int kept)
    {
        bool[] stays = new bool[scores.Count];
        foreach (
            int row in Enumerable
                .Range(0, scores.Count)
                .OrderByDescending(row => scores[row])
                .ThenBy(row => row)
                .Take(kept)
        )
        {
            stays[row] = true;
        }

        return stays;
    }
}
