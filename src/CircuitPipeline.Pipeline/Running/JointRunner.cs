using CircuitPipeline.Pipeline.Errors;
using CircuitPipeline.Pipeline.Stages;

namespace CircuitPipeline.Pipeline.Running;

/// <summary>Runs work items that can be made in one go, and each by itself where they cannot.</summary>
internal static class JointRunner
{
    /// <summary>Shares items out to jobs: those of one group together, in parts that are no larger than a job's share of all.</summary>
    /// <param name="items">The items to run.</param>
    /// <param name="groupOf">An item's group; null where it is made alone.</param>
    /// <param name="jobs">How many jobs run side by side.</param>
    /// <returns>Every item once, those of each part in their order.</returns>
    public static IReadOnlyList<ItemDecision[]> Parts(
        IReadOnlyList<ItemDecision> items,
        Func<ItemDecision, string?> groupOf,
        int jobs
    )
    {
        ItemDecision[][] groups =
        [
            .. items
                .GroupBy(item => groupOf(item) is { } name ? (name, "") : ("", item.Item))
                .Select(group => group.ToArray()),
        ];
        int share = DividedUp(items.Count, jobs);
        return [.. groups.SelectMany(group => Shared(group, DividedUp(group.Length, share)))];
    }

    /// <summary>Runs items of one group: first those without an earlier state together, then the others by themselves.</summary>
    /// <param name="items">The items.</param>
    /// <param name="begin">Locks an item's workspace; null where another process made it meanwhile.</param>
    /// <param name="cancellation">Stops the work; what is finished stays.</param>
    /// <returns>What each failed item threw.</returns>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public static IReadOnlyDictionary<ItemDecision, Exception> Run(
        ItemDecision[] items,
        Func<ItemDecision, ItemInWork?> begin,
        CancellationToken cancellation
    )
    {
        List<ItemInWork> begun = [];
        Dictionary<ItemDecision, Exception> failures = [];
        try
        {
            // By key, an order that all processes keep, so that none waits for another in a circle.
            foreach (ItemDecision item in items.OrderBy(item => $"{item.Key!.Digest}", StringComparer.Ordinal))
            {
                if (begin(item) is { } work)
                {
                    begun.Add(work);
                }
            }

            List<ItemInWork> left = [.. begun.OrderBy(work => Array.IndexOf(items, work.Decision))];
            MakeTogether(left, failures, cancellation);
            foreach (ItemInWork work in left)
            {
                Try(work, work.Run, failures, cancellation);
            }

            return failures;
        }
        finally
        {
            foreach (ItemInWork work in begun)
            {
                work.Dispose();
            }
        }
    }

    // Publishes what is finished as soon as it is, and takes it from those that are left.
    private static void MakeTogether(
        List<ItemInWork> left,
        Dictionary<ItemDecision, Exception> failures,
        CancellationToken cancellation
    )
    {
        ItemInWork[] together = [.. left.Where(work => !work.HasState)];
        if (together.Length < 2)
        {
            return;
        }

        try
        {
            Start(together);
            foreach (
                IReadOnlyList<WorkItemContext> finished in together[0]
                    .Item.Joint!.Run([.. together.Select(work => (work.Item, work.Context))])
            )
            {
                ItemInWork[] made = [.. together.Where(work => finished.Contains(work.Context))];
                TimeSpan took = made[0].Elapsed;
                foreach (ItemInWork work in made)
                {
                    Try(work, () => work.Publish(took, made.Length), failures, cancellation);
                    left.Remove(work);
                }

                Start(together);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception failure) when (DiskFull.IsCauseOf(failure)) // there is no room for one alone either
        {
            left.ForEach(work => failures.Add(work.Decision, failure));
            left.Clear();
        }
        catch (Exception failure) // whichever of them it was, the others shall be made
        {
            ItemInWork[] unmade = [.. together.Where(left.Contains)];
            unmade[0]
                .Context.Progress(
                    $"failed with {unmade.Length - 1} more, each of which is made alone now: {failure.Message.ReplaceLineEndings(" ")}"
                );
            foreach (ItemInWork work in unmade.Where(work => !work.HasState))
            {
                work.Clear();
            }
        }
    }

    private static void Start(ItemInWork[] works)
    {
        foreach (ItemInWork work in works)
        {
            work.Start();
        }
    }

    private static void Try(
        ItemInWork work,
        Action action,
        Dictionary<ItemDecision, Exception> failures,
        CancellationToken cancellation
    )
    {
        try
        {
            action();
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception failure)
        {
            failures.Add(work.Decision, failure);
        }
    }

    private static int DividedUp(int number, int by) => (number + by - 1) / by;

    private static IEnumerable<ItemDecision[]> Shared(ItemDecision[] items, int parts) =>
        Enumerable
            .Range(0, parts)
            .Select(part => items[(part * items.Length / parts)..((part + 1) * items.Length / parts)]);
}
