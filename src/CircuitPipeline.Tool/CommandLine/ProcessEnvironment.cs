using System.Diagnostics;

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

    /// <summary>The most memory that the process has held, in bytes; 0 where the system does not say.</summary>
    public Func<long> PeakMemory { get; init; } = OwnPeak;

    /// <summary>Stops the work.</summary>
    public required CancellationToken Cancellation { get; init; }

    private static long OwnPeak()
    {
        using Process process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64;
    }
}
