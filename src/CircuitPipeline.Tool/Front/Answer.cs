namespace CircuitPipeline.Tool;

/// <summary>What a verb found: one document for machines, and the same in lines for a person.</summary>
/// <param name="Document">A record of plain values; <c>--json</c> prints it.</param>
/// <param name="Lines">What is printed instead without <c>--json</c>.</param>
/// <param name="ExitCode">0, unless what was found is a failure.</param>
internal sealed record Answer(object Document, IReadOnlyList<string> Lines, int ExitCode = ExitCodes.Done);
