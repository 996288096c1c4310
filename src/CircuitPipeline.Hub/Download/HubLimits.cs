namespace CircuitPipeline.Hub.Download;

/// <summary>How long and how often the Hub is asked, and how much of an answer is read.</summary>
public sealed record HubLimits
{
    /// <summary>How long a connection may take.</summary>
    /// <value>The default is 15 seconds.</value>
    public TimeSpan Connect { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long nothing may come before the connection is given up.</summary>
    /// <value>The default is 30 seconds.</value>
    public TimeSpan Stall { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often something is tried that may go better the next time.</summary>
    /// <value>The default is 6.</value>
    public int Attempts { get; init; } = 6;

    /// <summary>The pause after the first failure; each one after it is twice as long.</summary>
    /// <value>The default is 1 second.</value>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest pause that the Hub may ask for.</summary>
    /// <value>The default is 5 minutes, which is as long as the Hub counts requests.</value>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Bytes of the list of a repository's files.</summary>
    /// <value>The default is 32 MiB.</value>
    public int LargestListing { get; init; } = 32 << 20;
}
