using System.Text.Json.Nodes;
using CircuitPipeline.Reporting.Results;

namespace CircuitPipeline.Reporting.Drawings;

/// <summary>Circuits as <c>circuit.js</c> draws them, every place computed here.</summary>
internal static class CircuitDrawing
{
    /// <summary>
    /// How many edges of circuits a page carries, about 3.5 bytes each: 80 circuits of the size of Pythia-1.4B's stay under 4 MB
    /// with the page's libraries. Beyond it each circuit keeps its strongest.
    /// </summary>
    public const int EdgesOfAPage = 900_000;

    /// <summary>The drawing that moves: all series, all circuits.</summary>
    /// <param name="trajectories">The series, at least one, all of one model's shape.</param>
    /// <param name="limit">How many edges a circuit keeps.</param>
    public static JsonObject Moving(IReadOnlyList<CircuitTrajectory> trajectories, int limit) =>
        Of(trajectories, limit, isSmall: false);

    /// <summary>A small one that stands still: the last circuit against the first.</summary>
    /// <param name="name">What it is of.</param>
    /// <param name="first">The earlier circuit.</param>
    /// <param name="last">The later one.</param>
    /// <param name="limit">How many edges a circuit keeps.</param>
    public static JsonObject Still(string name, CircuitView first, CircuitView last, int limit) =>
        Of([new CircuitTrajectory(name, [first, last])], limit, isSmall: true);

    /// <summary>How many edges each circuit of a page may keep.</summary>
    public static int LimitOf(StudyResults results)
    {
        int[] edges =
        [
            .. results
                .Tasks.Append(results)
                .SelectMany(task => task.Trajectories.SelectMany(one => one.Circuits).Concat(task.Circuits))
                .Select(circuit => circuit.Edges.Length),
        ];
        return edges.Sum() <= EdgesOfAPage ? int.MaxValue : EdgesOfAPage / edges.Length;
    }

    private static JsonObject Of(IReadOnlyList<CircuitTrajectory> trajectories, int limit, bool isSmall)
    {
        NodeLayout layout = NodeLayout.Of(trajectories[0].Circuits[0]);
        return new JsonObject
        {
            ["small"] = isSmall,
            ["columns"] = layout.Columns,
            ["rows"] = layout.Rows,
            ["nodes"] = new JsonObject
            {
                ["names"] = new JsonArray([.. layout.Nodes.Select(node => JsonValue.Create(node.Name))]),
                ["x"] = new JsonArray([.. layout.Nodes.Select(node => JsonValue.Create(layout.Place(node).Column))]),
                ["y"] = new JsonArray([.. layout.Nodes.Select(node => JsonValue.Create(layout.Place(node).Row))]),
            },
            ["series"] = new JsonArray([.. trajectories.Select(one => PackedCircuits.Of(one, limit))]),
        };
    }
}
