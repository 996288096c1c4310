using CircuitPipeline.Circuits;

namespace CircuitPipeline.Attribution;

/// <summary>Which circuits a model can be run as.</summary>
internal static class CircuitRules
{
    /// <summary>Refuses a graph of another shape, and one in which the inputs of a head are one.</summary>
    internal static void MustBeOf(TransformerConfig config, ComputationGraph graph)
    {
        bool fits =
            graph.NLayers == config.NLayers
            && graph.NHeads == config.NHeads
            && graph.ParallelBlocks == config.ParallelBlocks;
        if (!fits)
            throw new ArgumentException(
                $"The circuit is of a model of '{graph.NLayers}' layers, '{graph.NHeads}' heads and "
                    + $"{Blocks(graph.ParallelBlocks)} blocks, but this one has '{config.NLayers}', '{config.NHeads}' and "
                    + $"{Blocks(config.ParallelBlocks)} blocks."
            );
        if (graph.IsCollapsed)
            throw new ArgumentException(
                $"The circuit belongs to a graph of {graph}, but a model is run with the inputs of its heads told apart: "
                    + "evaluate the circuit that was collapsed."
            );
    }

    private static string Blocks(bool areParallel) => areParallel ? "parallel" : "sequential";
}
