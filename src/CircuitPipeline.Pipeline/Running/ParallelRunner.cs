namespace CircuitPipeline.Pipeline.Running;

/// <summary>Runs parts of work on threads of their own, some side by side; a failing part does not keep others from running.</summary>
internal static class ParallelRunner
{
    /// <summary>Runs every part, unless cancelled; returns when none runs any more.</summary>
    /// <param name="parts">Each some jobs.</param>
    /// <param name="width">How many parts run side by side.</param>
    /// <param name="run">Runs a part and returns what its failed jobs threw; what it throws itself is the failure of all of them.</param>
    /// <param name="cancellation">Stops the work; it is no failure.</param>
    /// <returns>What each failed job threw.</returns>
    public static IReadOnlyDictionary<T, Exception> Run<T>(
        IReadOnlyList<T[]> parts,
        int width,
        Func<T[], IReadOnlyDictionary<T, Exception>> run,
        CancellationToken cancellation
    )
        where T : notnull
    {
        Dictionary<T, Exception> failures = new();
        int next = -1;
        Thread[] threads =
        [
            .. Enumerable.Range(0, Math.Min(width, parts.Count)).Select(_ => new Thread(Work) { IsBackground = true }),
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
            while (!cancellation.IsCancellationRequested && Interlocked.Increment(ref next) is var i && i < parts.Count)
            {
                try
                {
                    Note(run(parts[i]));
                }
                catch (OperationCanceledException) when (cancellation.IsCancellationRequested) { }
                catch (Exception failure)
                {
                    Note(parts[i].ToDictionary(job => job, _ => failure));
                }
            }
        }

        void Note(IReadOnlyDictionary<T, Exception> failed)
        {
            lock (failures)
            {
                foreach ((T job, Exception failure) in failed)
                {
                    failures.Add(job, failure);
                }
            }
        }
    }
}
