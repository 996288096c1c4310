namespace CircuitPipeline.Pipeline.Running;

/// <summary>What a front passes on from its command line and its surroundings.</summary>
public record RunOptions
{
    /// <summary>The folder that holds <c>artifacts/</c>.</summary>
    public required string RootFolder { get; init; }

    /// <summary>How many work items run side by side, 1 to 1024; results do not depend on it, unless items are made jointly.</summary>
    /// <value>The default is 1.</value>
    public int Jobs { get; init; } = 1;

    /// <summary>Whether items that can be made in one go are; their last bits may differ from those of each made alone.</summary>
    /// <value>By default each is made alone.</value>
    public bool MakesJointly { get; init; }

    /// <summary>The most memory that all jobs together should take, in bytes; null for what they need. Work that can compute in less takes longer then.</summary>
    public long? Memory { get; init; }

    /// <summary>The least time after which a long work item writes down what it goes on from when it is stopped.</summary>
    /// <value>The default is a minute.</value>
    public TimeSpan StateInterval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Whether the committed lock is rewritten with what this run made.</summary>
    public bool UpdateLock { get; init; }

    /// <summary>Where decisions and progress are printed.</summary>
    public required TextWriter Output { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The machine and the working tree, for provenance; read from the machine when it is not given.</summary>
    public MachineFacts? Machine { get; init; }
}
