using System.Collections.Immutable;

namespace CircuitPipeline.Reporting;

/// <summary>How the circuit of one model differs from that of another.</summary>
/// <param name="Before">The earlier model.</param>
/// <param name="After">The later model.</param>
/// <param name="Percent">The share of the graph's edges that was selected, in percent.</param>
/// <param name="Nodes">The change in nodes.</param>
/// <param name="Edges">The change in edges.</param>
/// <param name="Floors">What resampling alone changes, for the same share; empty when not measured.</param>
public sealed record CircuitChange(
    string Before,
    string After,
    double Percent,
    SetChange Nodes,
    SetChange Edges,
    ImmutableArray<ResamplingFloor> Floors
);
