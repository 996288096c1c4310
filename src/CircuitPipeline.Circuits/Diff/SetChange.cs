using System.Collections.Immutable;

namespace CircuitPipeline.Circuits;

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

    /// <summary>Shared / (added + removed + shared); 1 for equal sets, two empty ones included.</summary>
    public double Jaccard => Flips == 0 ? 1 : (double)Shared.Length / (Flips + Shared.Length);

    /// <summary>(added + removed) / number before; null when nothing was there before.</summary>
    public double? ChangeRate => Before == 0 ? null : (double)Flips / Before;
}
