using CircuitPipeline.Circuits.Graph;
using CircuitPipeline.Reporting.Results;

namespace CircuitPipeline.Reporting.Drawings;

/// <summary>One drawn line: all edges of a circuit from one node to another, whichever of a head's inputs they end in.</summary>
internal sealed record CircuitLine(Node Source, Node Destination, double Strength)
{
    public (Node Source, Node Destination) Ends => (Source, Destination);

    /// <summary>The lines of a circuit, the strongest first.</summary>
    public static CircuitLine[] Of(CircuitView circuit) =>
        [
            .. circuit
                .Edges.Select(view => (view.Edge, view.Score))
                .GroupBy(one => (one.Edge.Source, one.Edge.Destination))
                .Select(group => new CircuitLine(
                    group.Key.Source,
                    group.Key.Destination,
                    group.Sum(one => Math.Abs(one.Score))
                ))
                .OrderByDescending(line => line.Strength)
                .ThenBy(line => $"{line.Source.Name}->{line.Destination.Name}", StringComparer.Ordinal),
        ];
}
