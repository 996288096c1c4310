namespace CircuitPipeline.Pipeline.Running;

/// <summary>Runs jobs on threads of their own, some side by side; a failing job does not keep others from running.</summary>
internal static class ParallelRunner
{
    /// <summary>Runs every job, unless cancelled; returns when none runs any more.</summary>
    /// <returns>What each failed job threw; cancellation is no failure.</returns>
    public static IReadOnlyDictionary<T, Exception> Run<T>(
        IReadOnlyList<T> jobs,
        int width,
        Action<T> run,
        CancellationToken cancellation
    )
        where T : notnull
    {
        Dictionary<T, Exception> failures = new();
        int next = -1;
        Thread[] threads =
        [
            .. Enumerable.Range(0, Math.Min(width, jobs.Count)).Select(_ => new Thread(Work) { IsBackground = true }),
        ];
        foreach (Thread thread in threads)
        {
            thread.Start();
        }

        foreach (Thread thread in threads)
        {
            thread.Join();
        }

        return failures;

        void Work()
        {
            while (!cancellation.IsCancellationRequested && Interlocked.Increment(ref next) is var i && i < jobs.Count)
            {
                try
                {
                    run(jobs[i]);
                }
                catch (OperationCanceledException) when (cancellation.IsCancellationRequested) { }
                catch (Exception failure)
                {
                    lock (failures)
                    {
                        failures.Add(jobs[i], failure);
                    }
                }
            }
        }
    }
}
