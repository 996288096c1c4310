using System.Collections.Immutable;

namespace CircuitPipeline.Reporting.Results;

/// <summary>Whose protocol the study follows, and where the paper's code and its corrected form differ.</summary>
/// <param name="Name">The protocol: <c>corrected</c> or <c>paper</c>.</param>
/// <param name="Traps">The points in which the two differ.</param>
public sealed record ProtocolSummary(string Name, ImmutableArray<TrapState> Traps);

/// <summary>A point in which the paper's code does something else than its text, or than it should.</summary>
/// <param name="Key">The study's key for it, under <c>traps</c>.</param>
/// <param name="IsOpen">Whether the study does as the paper's code does.</param>
/// <param name="Value">What the study has there.</param>
/// <param name="Paper">What the paper's code does.</param>
/// <param name="Corrected">What the corrected protocol does.</param>
/// <param name="Effect">What comes of it.</param>
public sealed record TrapState(string Key, bool IsOpen, string Value, string Paper, string Corrected, string Effect);
