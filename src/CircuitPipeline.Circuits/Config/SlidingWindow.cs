using System.Collections.Immutable;

namespace CircuitPipeline.Circuits.Config;

/// <summary>Layers whose tokens see only themselves and the last tokens before them: position i sees j when i - width &lt; j ≤ i.</summary>
/// <param name="Width">Tokens that are seen, at least 1.</param>
/// <param name="IsLocal">By layer, whether it has the window.</param>
public sealed record SlidingWindow(int Width, ImmutableArray<bool> IsLocal)
{
    /// <summary>A window of some layers; null where it would be of none.</summary>
    internal static SlidingWindow? Of(int? width, IEnumerable<bool> isLocal) =>
        width is int tokens && isLocal.ToImmutableArray() is var layers && layers.Contains(true)
            ? new SlidingWindow(tokens, layers)
            : null;

    /// <inheritdoc/>
    public bool Equals(SlidingWindow? other) =>
        other is not null && Width == other.Width && IsLocal.SequenceEqual(other.IsLocal);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Width, IsLocal.Length);
}
