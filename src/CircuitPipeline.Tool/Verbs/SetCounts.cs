using CircuitPipeline.Circuits;

namespace CircuitPipeline.Tool;

/// <summary>A <see cref="SetChange{T}"/> in numbers.</summary>
internal sealed record SetCounts(
    int Before,
    int After,
    int Added,
    int Removed,
    int Shared,
    double Jaccard,
    double? ChangeRate
)
{
    internal static SetCounts Of<T>(SetChange<T> change) =>
        new(
            change.Before,
            change.After,
            change.Added.Length,
            change.Removed.Length,
            change.Shared.Length,
            change.Jaccard,
            change.ChangeRate
        );
}
