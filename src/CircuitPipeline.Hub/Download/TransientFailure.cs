namespace CircuitPipeline.Hub.Download;

/// <summary>Something that may go better the next time.</summary>
/// <param name="clause">What happened: a clause without a full stop.</param>
/// <param name="retryAfter">How long the server asks to wait; null where it does not say.</param>
/// <param name="advice">What to see to before the same command is run again: a clause; null for nothing.</param>
internal sealed class TransientFailure(string clause, TimeSpan? retryAfter = null, string? advice = null)
    : Exception(clause)
{
    internal TimeSpan? RetryAfter => retryAfter;

    internal string? Advice => advice;
}

/// <summary>Tries again, with pauses that grow, as often as the limits allow.</summary>
/// <param name="limits">How often and how long.</param>
/// <param name="time">The clock of the pauses.</param>
/// <param name="note">Told of each pause in a line.</param>
internal sealed class Attempts(HubLimits limits, TimeProvider time, Action<string>? note)
{
    private const int LongestShift = 10;

    /// <summary>Does something until it succeeds.</summary>
    /// <param name="attempt">One try; throws <see cref="TransientFailure"/> where another one may help.</param>
    /// <param name="hasMoved">Whether much was done since the last call: then the count begins anew.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="HubException">It failed too often, or the server asks to wait for too long.</exception>
    internal async Task<T> Run<T>(Func<Task<T>> attempt, Func<bool> hasMoved, CancellationToken cancellation)
    {
        for (int failures = 1; ; failures++)
        {
            try
            {
                return await attempt();
            }
            catch (TransientFailure failure)
            {
                failures = hasMoved() ? 1 : failures;
                await Pause(failure, failures, cancellation);
            }
        }
    }

    private async Task Pause(TransientFailure failure, int failures, CancellationToken cancellation)
    {
        if (failures >= limits.Attempts)
        {
            throw new HubException(
                $"{failure.Message}, at {failures} tries; what was brought is kept, so {(failure.Advice is { } advice ? $"{advice} and " : "")}run the same command again later to go on."
            );
        }

        TimeSpan pause = failure.RetryAfter ?? limits.FirstPause * (1 << Math.Min(failures - 1, LongestShift));
        if (pause > limits.LongestPause)
        {
            throw new HubException(
                $"{failure.Message} and asks to wait {pause.TotalSeconds:F0} s, which is too long; what was brought is kept, so run the same command again then to go on."
            );
        }

        note?.Invoke($"{failure.Message}; trying again in {pause.TotalSeconds:0.#} s");
        await Task.Delay(pause, time, cancellation);
    }
}
