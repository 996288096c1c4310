using System.Collections.Immutable;

namespace CircuitPipeline.Prompts;

/// <summary>A record of a CSV file.</summary>
/// <param name="Line">The line on which it begins, from 1; a quoted field may hold line ends.</param>
/// <param name="Fields">Its fields without their quotes, at least one.</param>
internal readonly record struct CsvRecord(int Line, ImmutableArray<string> Fields);
