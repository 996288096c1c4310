namespace CircuitPipeline.Circuits;

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
        for (var source = 0; source < graph.SourceCount; source++)
        {
            for (var at = graph.FirstDestination(source); at < graph.DestinationCount; at++)
            {
                yield return sources[source] + destinations[at];
            }
        }
    }
}
