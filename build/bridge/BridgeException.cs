#nullable enable

/// <summary>The bridge cannot go on: one sentence for the user, and the exit code (2 for wrong input, else 1).</summary>
internal sealed class BridgeException(int exitCode, string message) : Exception(message)
{
    public int ExitCode { get; } = exitCode;
}
