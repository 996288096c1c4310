using System.Collections.Immutable;

namespace CircuitPipeline.Reporting.Results;

/// <summary>A set of prompt pairs: how many rows there were, and how many are used.</summary>
/// <param name="Name">What it is for.</param>
/// <param name="Source">The file, or how it was drawn.</param>
/// <param name="Rows">Rows that there were; null where as many were drawn as are used.</param>
/// <param name="Used">Rows that are used.</param>
/// <param name="LeftOut">Why the others are not, the most frequent reason first.</param>
/// <param name="Note">What else limits it, in a sentence; may be empty.</param>
public sealed record SampleSet(
    string Name,
    string Source,
    int? Rows,
    int Used,
    ImmutableArray<LeftOutRows> LeftOut,
    string Note = ""
);

/// <summary>Rows that were left out for one reason.</summary>
/// <param name="Reason">The reason, as of the first of them.</param>
/// <param name="Count">How many there are.</param>
/// <param name="Lines">The first of their lines in the file; may be empty.</param>
public sealed record LeftOutRows(string Reason, int Count, ImmutableArray<int> Lines);
