using System.Collections.Immutable;
using CircuitPipeline.Circuits.Diff;

namespace CircuitPipeline.Reporting.Results;

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
    ChangeCounts Nodes,
    ChangeCounts Edges,
    ImmutableArray<ResamplingFloor> Floors
)
{
    /// <summary>How many of the changed edges have an end that was itself added or removed; null when not measured.</summary>
    public int? EdgeChangesByNodes { get; init; }

    /// <summary>The change by layer and kind of node; empty when not measured.</summary>
    public ImmutableArray<ModuleChange> Modules { get; init; } = [];

    /// <summary>The change that a diff holds.</summary>
    /// <param name="before">The earlier model.</param>
    /// <param name="after">The later model.</param>
    /// <param name="percent">The share of the graph's edges that was selected, in percent.</param>
    /// <param name="diff">The diff of their circuits.</param>
    /// <param name="floors">What resampling alone changes, for the same share.</param>
    /// <returns>The change.</returns>
    public static CircuitChange Of(
        string before,
        string after,
        double percent,
        CircuitDiff diff,
        ImmutableArray<ResamplingFloor> floors
    ) => Of(before, after, percent, diff.Summary, floors);

    /// <summary>The change that a diff's counts hold.</summary>
    /// <param name="before">The earlier model.</param>
    /// <param name="after">The later model.</param>
    /// <param name="percent">The share of the graph's edges that was selected, in percent.</param>
    /// <param name="diff">The diff of their circuits.</param>
    /// <param name="floors">What resampling alone changes, for the same share.</param>
    /// <returns>The change.</returns>
    public static CircuitChange Of(
        string before,
        string after,
        double percent,
        DiffSummary diff,
        ImmutableArray<ResamplingFloor> floors
    ) =>
        new(before, after, percent, diff.Nodes, diff.Edges, floors)
        {
            EdgeChangesByNodes = diff.EdgeChangesByNodes,
            Modules = diff.Modules,
        };
}

/// <summary>The change that resampling alone makes: two circuits of the SAME model, from disjoint pairs of the same number.</summary>
/// <param name="Model">The model.</param>
/// <param name="Pairs">How many pairs of prompts each circuit was found with.</param>
/// <param name="Nodes">The difference in nodes.</param>
/// <param name="Edges">The difference in edges.</param>
public sealed record ResamplingFloor(string Model, int Pairs, ChangeCounts Nodes, ChangeCounts Edges)
{
    /// <summary>How many of the changed edges have an end that was itself added or removed; null when not measured.</summary>
    public int? EdgeChangesByNodes { get; init; }

    /// <summary>The difference by layer and kind of node; empty when not measured.</summary>
    public ImmutableArray<ModuleChange> Modules { get; init; } = [];

    /// <summary>The floor from the diff of two circuits of one model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="pairs">How many pairs of prompts each circuit was found with.</param>
    /// <param name="diff">The diff.</param>
    /// <returns>The floor.</returns>
    public static ResamplingFloor Of(string model, int pairs, CircuitDiff diff) => Of(model, pairs, diff.Summary);

    /// <summary>The floor from the counts of such a diff.</summary>
    /// <param name="model">The model.</param>
    /// <param name="pairs">How many pairs of prompts each circuit was found with.</param>
    /// <param name="diff">The diff.</param>
    /// <returns>The floor.</returns>
    public static ResamplingFloor Of(string model, int pairs, DiffSummary diff) =>
        new(model, pairs, diff.Nodes, diff.Edges)
        {
            EdgeChangesByNodes = diff.EdgeChangesByNodes,
            Modules = diff.Modules,
        };
}
