namespace CircuitPipeline.Tool.CommandLine;

/// <summary>What a command needs of the process it runs in; passed in, so that tests can give their own.</summary>
internal sealed record ProcessEnvironment
{
    /// <summary>Standard output: what was asked for, and with <c>--json</c> exactly one document.</summary>
    public required TextWriter Output { get; init; }

    /// <summary>Standard error: problems, progress, and with <c>--json</c> all that is no document.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>The clock.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>Number of processors.</summary>
    public required int Processors { get; init; }

    /// <summary>Environment variables, null where one is not set; by default there are none.</summary>
    public Func<string, string?> Variable { get; init; } = _ => null;

    /// <summary>Stops the work.</summary>
    public required CancellationToken Cancellation { get; init; }
}
