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

    /// <summary>Runs items of one group: those without an earlier state together, the others by themselves.</summary>
    /// <param name="items">In the order of the plan, which all processes keep, so that none waits for another in a circle.</param>
    /// <param name="begin">Locks an item's workspace; null where another process made it meanwhile.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>What each failed item threw.</returns>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public static IReadOnlyDictionary<ItemDecision, Exception> Run(
        IReadOnlyList<ItemDecision> items,
        Func<ItemDecision, ItemInWork?> begin,
        CancellationToken cancellation
    )
    {
        List<ItemInWork> begun = [];
        try
        {
            foreach (ItemDecision item in items)
            {
                if (begin(item) is { } work)
                {
                    begun.Add(work);
                }
            }

            ItemInWork[] together = [.. begun.Where(work => !work.HasState)];
            bool isMade = IsMadeTogether(together, cancellation);
            Dictionary<ItemDecision, Exception> failures = [];
            foreach (ItemInWork work in begun)
            {
                try
                {
                    if (isMade && together.Contains(work))
                    {
                        work.Publish(together.Length);
                    }
                    else
                    {
                        work.Run();
                    }
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

    private static bool IsMadeTogether(ItemInWork[] works, CancellationToken cancellation)
    {
        if (works.Length < 2)
        {
            return false;
        }

        try
        {
            works[0].Item.Joint!.Run([.. works.Select(work => (work.Item, work.Context))]);
            return true;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception failure) // whichever of them it was, the others shall be made
        {
            works[0]
                .Context.Progress(
                    $"failed with {works.Length - 1} others, each of which is made alone now: {failure.Message.ReplaceLineEndings(" ")}"
                );
            foreach (ItemInWork work in works)
            {
                work.Clear();
            }

            return false;
        }
    }

    private static int DividedUp(int number, int by) => (number + by - 1) / by;

    private static IEnumerable<ItemDecision[]> Shared(ItemDecision[] items, int parts) =>
        Enumerable
            .Range(0, parts)
            .Select(part => items[(part * items.Length / parts)..((part + 1) * items.Length / parts)]);
}
