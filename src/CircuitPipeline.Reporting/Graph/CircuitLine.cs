using CircuitPipeline.Circuits;

namespace CircuitPipeline.Reporting;

/// <summary>One drawn line: all edges of a circuit from one node to another, whichever of a head's inputs they end in.</summary>
internal sealed record CircuitLine(Node Source, Node Destination, string Inputs, double Score, double Strength)
{
    public (Node Source, Node Destination) Ends => (Source, Destination);

    public static CircuitLine[] Of(CircuitView circuit) =>
        [
            .. circuit
                .Edges.Select(view => (view.Edge, view.Score))
                .GroupBy(one => (one.Edge.Source, one.Edge.Destination))
                .Select(group => new CircuitLine(
                    group.Key.Source,
                    group.Key.Destination,
                    string.Join(' ', group.Select(one => one.Edge.Input).OfType<QkvInput>().Order().Select(Letter)),
                    group.Sum(one => one.Score),
                    group.Sum(one => Math.Abs(one.Score))
                )),
        ];

    private static string Letter(QkvInput input) =>
        input switch
        {
            QkvInput.Query => "q",
            QkvInput.Key => "k",
            _ => "v",
        };
}
