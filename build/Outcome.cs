namespace CircuitPipeline.BuildHost;

/// <summary>What a run of the build leaves for its exit code and its last line.</summary>
public sealed class Outcome
{
    /// <summary>What the failed task threw, or null.</summary>
    public Exception? Failure { get; set; }

    /// <summary>The totals of the tests, when tests ran.</summary>
    public TestTotals? Tests { get; set; }
}
