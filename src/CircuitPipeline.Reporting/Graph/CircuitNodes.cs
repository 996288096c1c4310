using CircuitPipeline.Circuits;

namespace CircuitPipeline.Reporting;

/// <summary>Where the nodes of a model lie in a drawing, counted in columns and rows; row 0 is the input.</summary>
internal static class CircuitNodes
{
    public static IEnumerable<Node> Of(CircuitView circuit)
    {
        yield return new InputNode();
        for (int layer = 0; layer < circuit.NLayers; layer++)
        {
            for (int head = 0; head < circuit.NHeads; head++)
                yield return new AttentionHeadNode(layer, head);
            yield return new MlpNode(layer);
        }
        yield return new LogitsNode();
    }

    public static (double Column, int Row) Place(CircuitView circuit, Node node) =>
        node switch
        {
            AttentionHeadNode head => (head.Head, head.Layer + 1),
            MlpNode mlp => (circuit.NHeads, mlp.Layer + 1),
            LogitsNode => (circuit.NHeads / 2.0, circuit.NLayers + 1),
            _ => (circuit.NHeads / 2.0, 0),
        };

    /// <summary>The name without the layer, which the row says.</summary>
    public static string Label(Node node) =>
        node switch
        {
            AttentionHeadNode head => $"{head.Layer}.{head.Head}",
            MlpNode mlp => $"m{mlp.Layer}",
            _ => node.Name,
        };

    /// <summary>How far a line bends aside: along a column it must pass the nodes between, elsewhere it hardly bends.</summary>
    public static int Bend(Node source, Node destination) =>
        (source, destination) switch
        {
            (AttentionHeadNode a, AttentionHeadNode b) when a.Head == b.Head => 10 + 7 * (b.Layer - a.Layer),
            (MlpNode a, MlpNode b) => -(10 + 7 * (b.Layer - a.Layer)),
            _ => 0,
        };
}
