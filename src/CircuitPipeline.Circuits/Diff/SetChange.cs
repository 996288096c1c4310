using System.Collections.Immutable;

namespace CircuitPipeline.Circuits.Diff;

/// <summary>How a set of nodes or edges changed.</summary>
/// <typeparam name="T">Node or edge.</typeparam>
/// <param name="Added">Only after.</param>
/// <param name="Removed">Only before.</param>
/// <param name="Shared">Before and after.</param>
public sealed record SetChange<T>(ImmutableArray<T> Added, ImmutableArray<T> Removed, ImmutableArray<T> Shared)
{
    /// <summary>Number before.</summary>
    public int Before => Removed.Length + Shared.Length;

    /// <summary>Number after.</summary>
    public int After => Added.Length + Shared.Length;

    /// <summary>Number added or removed.</summary>
    public int Flips => Added.Length + Removed.Length;

    /// <summary>Shared / (added + removed + shared), 1 for equal sets; null for two empty ones, which have nothing to share.</summary>
    public double? Jaccard => Flips + Shared.Length is > 0 and int all ? (double)Shared.Length / all : null;

    /// <summary>(added + removed) / number before; null when nothing was there before.</summary>
    public double? ChangeRate => Before == 0 ? null : (double)Flips / Before;
}

/// <summary>How many members of a set of nodes or edges changed.</summary>
/// <param name="Added">How many are only in the later one.</param>
/// <param name="Removed">How many are only in the earlier one.</param>
/// <param name="Shared">How many are in both.</param>
public sealed record ChangeCounts(int Added, int Removed, int Shared)
{
    /// <summary>Shared ones over all: 1 for equal sets; null for two empty ones, which have nothing to share.</summary>
    public double? Jaccard => Added + Removed + Shared is > 0 and int all ? (double)Shared / all : null;

    /// <summary>Added and removed ones over those before; null when there were none before.</summary>
    public double? ChangeRate => Removed + Shared is > 0 and int before ? (double)(Added + Removed) / before : null;

    /// <summary>Counts a change.</summary>
    /// <typeparam name="T">Nodes or edges.</typeparam>
    /// <param name="change">The members.</param>
    /// <returns>How many there are.</returns>
    public static ChangeCounts Of<T>(SetChange<T> change) =>
        new(change.Added.Length, change.Removed.Length, change.Shared.Length);
}
