using CircuitPipeline.Circuits.Graph;
using CircuitPipeline.Reporting.Results;

namespace CircuitPipeline.Reporting.Drawings;

/// <summary>The nodes of a model in order, and where they lie, counted in columns and rows; row 0 is the input.</summary>
/// <remarks>
/// A node lies at (head, layer), the MLP right of the heads, the input below and the logits above; so the same node always
/// lies in the same place, and two circuits can be compared by eye.
/// </remarks>
internal sealed record NodeLayout(int NLayers, int NHeads)
{
    public int Columns => NHeads + 1;

    public int Rows => NLayers + 2;

    public int Count => 2 + NLayers * (NHeads + 1);

    /// <summary>All nodes: input, then layer by layer the heads and the MLP, then logits.</summary>
    public IEnumerable<Node> Nodes =>
        [
            new InputNode(),
            .. Enumerable
                .Range(0, NLayers)
                .SelectMany(layer =>
                    (Node[])
                        [
                            .. Enumerable.Range(0, NHeads).Select(head => new AttentionHeadNode(layer, head)),
                            new MlpNode(layer),
                        ]
                ),
            new LogitsNode(),
        ];

    public static NodeLayout Of(CircuitView circuit) => new(circuit.NLayers, circuit.NHeads);

    /// <summary>A node's place in <see cref="Nodes"/>.</summary>
    public int IndexOf(Node node) =>
        node switch
        {
            AttentionHeadNode head => 1 + head.Layer * (NHeads + 1) + head.Head,
            MlpNode mlp => 1 + mlp.Layer * (NHeads + 1) + NHeads,
            LogitsNode => Count - 1,
            _ => 0,
        };

    public (double Column, int Row) Place(Node node) =>
        node switch
        {
            AttentionHeadNode head => (head.Head, head.Layer + 1),
            MlpNode mlp => (NHeads, mlp.Layer + 1),
            LogitsNode => (NHeads / 2.0, NLayers + 1),
            _ => (NHeads / 2.0, 0),
        };

    /// <summary>The name as it stands in a node, where the shape says what it is.</summary>
    public static string Label(Node node) => node is AttentionHeadNode head ? $"{head.Layer}.{head.Head}" : node.Name;
}
