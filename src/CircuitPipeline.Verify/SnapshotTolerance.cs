using System.Globalization;

namespace CircuitPipeline.Verify;

/// <summary>By how much a circuit may differ from its snapshot, for circuits of trained models: training differs in the last bits between processors.</summary>
/// <remarks>
/// A score may differ by <see cref="Absolute"/> or by <see cref="Relative"/> times the accepted score, whichever is more. An edge may join
/// or leave where its score is that close to the boundary, which is the smallest score of a chosen edge; at most <see cref="EdgeFlips"/> edges
/// may. Counts are then not compared; how the circuit was made always is. The snapshot's text says the tolerance.
/// </remarks>
public sealed record SnapshotTolerance
{
    /// <summary>By how much a score may differ, in metric units.</summary>
    /// <value>0 or more. The default is 0.</value>
    public double Absolute
    {
        get;
        init => field = MustBeSize(value, nameof(Absolute));
    }

    /// <summary>By which share of itself a score may differ.</summary>
    /// <value>0 to 1. The default is 0.</value>
    public double Relative
    {
        get;
        init =>
            field =
                MustBeSize(value, nameof(Relative)) <= 1
                    ? value
                    : throw new ArgumentOutOfRangeException(
                        nameof(Relative),
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"The share is '{value}', but 0 to 1 is allowed: 0.05 for 5 %."
                        )
                    );
    }

    /// <summary>How many edges may join or leave; one that joins in the place of another is two.</summary>
    /// <value>0 or more. The default is 0.</value>
    public int EdgeFlips
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value, nameof(EdgeFlips));
            field = value;
        }
    }

    /// <summary>The tolerance as a snapshot says it.</summary>
    /// <returns>One line without an end.</returns>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"scores by {Absolute} or {(decimal)Relative * 100:0.########} %, whichever is more; {EdgeFlips} edges at the boundary may flip"
        );

    /// <summary>Whether a score is as good as the accepted one.</summary>
    internal bool Allows(double accepted, double received) =>
        Math.Abs(received - accepted) <= Math.Max(Absolute, Relative * Math.Abs(accepted));

    private static double MustBeSize(double value, string name) =>
        double.IsFinite(value) && value >= 0
            ? value
            : throw new ArgumentOutOfRangeException(
                name,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The tolerance is '{value}', but a finite number of 0 or more is allowed."
                )
            );
}
