namespace CircuitPipeline.Tool.CommandLine;

/// <summary>What a command found: one document for machines, and the same in lines for a person.</summary>
/// <param name="Document">A record of plain values; <c>--json</c> prints it.</param>
/// <param name="Lines">What is printed instead without <c>--json</c>.</param>
/// <param name="ExitCode">0, unless what was found is a failure.</param>
internal sealed record CommandResult(object Document, IReadOnlyList<string> Lines, int ExitCode = ExitCodes.Done)
{
    /// <summary>What a reader must know to take the numbers rightly, in sentences: on standard error, and in the document as <c>warnings</c>.</summary>
    internal IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>What was passed over in the model's folder: one more warning, and <c>ignored</c> in the document; null for nothing.</summary>
    internal IgnoredNames? Ignored { get; init; }

    /// <summary>Those of numbers that only the document has.</summary>
    internal IReadOnlyList<string> DocumentWarnings { get; init; } = [];
}

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
