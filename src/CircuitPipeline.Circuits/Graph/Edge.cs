namespace CircuitPipeline.Circuits.Graph;

/// <summary>The way from one node's output to another node's input.</summary>
/// <param name="Source">The node that writes.</param>
/// <param name="Destination">The node that reads.</param>
/// <param name="Input">For an attention head, which of its inputs, null in a collapsed graph; else null.</param>
public readonly record struct Edge(Node Source, Node Destination, QkvInput? Input = null)
{
    internal const string Arrow = "->";

    /// <summary>The field's name: <c>a0.h1->a1.h0&lt;q&gt;</c>, <c>input->m0</c>; in a collapsed graph <c>a0.h1->a1.h0</c>.</summary>
    public string Name => $"{Source.Name}{Arrow}{Destination.Name}{NodeNames.Suffix(Input)}";

    /// <summary>Reads an edge's name.</summary>
    /// <param name="name">A name as <see cref="Name"/> gives it.</param>
    /// <returns>The edge; whether a model has it is for <see cref="ComputationGraph.Contains(Edge)"/> to say.</returns>
    /// <exception cref="FormatException">The text is no edge's name.</exception>
    public static Edge Parse(string name) =>
        TryParse(name, out Edge edge)
            ? edge
            : throw new FormatException(NodeNames.Refusal(name, "edge", NodeNames.Edges));

    /// <summary>Reads an edge's name, if it is one.</summary>
    /// <param name="name">A text.</param>
    /// <param name="edge">The edge.</param>
    /// <returns>Whether the text is an edge's name.</returns>
    public static bool TryParse(ReadOnlySpan<char> name, out Edge edge)
    {
        edge = default;
        int arrow = name.IndexOf(Arrow);
        if (arrow < 0 || !Node.TryParse(name[..arrow], out Node? source))
        {
            return false;
        }
        ReadOnlySpan<char> target = name[(arrow + Arrow.Length)..];
        QkvInput? input = target.Length > 3 ? NodeNames.Input(target[^3..]) : null;
        if (!Node.TryParse(input is null ? target : target[..^3], out Node? destination))
        {
            return false;
        }
        edge = new Edge(source, destination, input);
        return (destination is AttentionHeadNode || input is null)
            && source is not LogitsNode
            && destination is not InputNode;
    }

    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>The two nodes of every edge as places in <see cref="ComputationGraph.Nodes"/>, for passes over all edges.</summary>
internal static class EdgeEnds
{
    public static (int Source, int Destination)[] Of(ComputationGraph graph)
    {
        (int, int)[] ends = new (int, int)[graph.EdgeCount];
        int edge = 0;
        for (int source = 0; source < graph.SourceCount; source++)
        {
            for (int at = graph.FirstDestination(source); at < graph.DestinationCount; at++)
            {
                ends[edge++] = (source, graph.ReaderIndex(at));
            }
        }
        return ends;
    }
}

/// <summary>The names of all edges by index, made from the names of the nodes, for passes over all edges.</summary>
internal static class EdgeNames
{
    public static IEnumerable<string> Of(ComputationGraph graph)
    {
        string[] sources = [.. graph.Nodes.Select(node => node.Name + Edge.Arrow)];
        string[] destinations =
        [
            .. Enumerable
                .Range(0, graph.DestinationCount)
                .Select(graph.DestinationAt)
                .Select(reader => reader.Node.Name + NodeNames.Suffix(reader.Input)),
        ];
        for (int source = 0; source < graph.SourceCount; source++)
        {
            for (int at = graph.FirstDestination(source); at < graph.DestinationCount; at++)
            {
                yield return sources[source] + destinations[at];
            }
        }
    }
}

/// <summary>Which of an attention head's three inputs an edge ends in.</summary>
public enum QkvInput
{
    /// <summary>The input of the query map, <c>&lt;q&gt;</c>.</summary>
    Query,

    /// <summary>The input of the key map, <c>&lt;k&gt;</c>.</summary>
    Key,

    /// <summary>The input of the value map, <c>&lt;v&gt;</c>.</summary>
    Value,
}
