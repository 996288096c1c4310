namespace CircuitPipeline.Circuits;

/// <summary>The two nodes of every edge as places in <see cref="ComputationGraph.Nodes"/>, for passes over all edges.</summary>
internal static class EdgeEnds
{
    public static (int Source, int Destination)[] Of(ComputationGraph graph)
    {
        var ends = new (int, int)[graph.EdgeCount];
        var edge = 0;
        for (var source = 0; source < graph.SourceCount; source++)
        {
            for (var at = graph.FirstDestination(source); at < graph.DestinationCount; at++)
            {
                ends[edge++] = (source, graph.ReaderIndex(at));
            }
        }
        return ends;
    }
}
