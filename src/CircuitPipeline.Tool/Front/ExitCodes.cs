namespace CircuitPipeline.Tool;

/// <summary>What the tool's exit code says.</summary>
internal static class ExitCodes
{
    /// <summary>All that was asked for is done.</summary>
    internal const int Done = 0;

    /// <summary>Something failed that was asked for rightly.</summary>
    internal const int Failed = 1;

    /// <summary>The command line or a file it names is wrong.</summary>
    internal const int WrongInput = 2;
}
