using System.Collections.Immutable;

namespace CircuitPipeline.Reporting;

/// <summary>Where the numbers come from.</summary>
/// <param name="Facts">Commit, engine, processor, versions: a name and a value each.</param>
/// <param name="Spec">The study's spec, as it was run.</param>
public sealed record Provenance(ImmutableArray<Setting> Facts, string Spec);
