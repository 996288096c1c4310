using CircuitPipeline.Attribution.Pairs;
using CircuitPipeline.Attribution.Running;
using CircuitPipeline.Circuits.Config;
using CircuitPipeline.Circuits.Graph;
using CircuitPipeline.Models;
using CircuitPipeline.Tensors.Calls;
using static TorchSharp.torch;

namespace CircuitPipeline.Attribution.Evaluation;

/// <summary>
/// Runs a circuit: each edge outside it adds replacement - current output of its source to the input of its destination;
/// kept edges carry current values.
/// </summary>
internal sealed class CircuitRun
{
    private readonly Transformer _model;
    private readonly ComputationGraph _graph;
    private readonly Tensor _removed; // [destination, source], 1 for an edge outside the circuit

    /// <param name="model">The model.</param>
    /// <param name="graph">Its computation graph.</param>
    /// <param name="keeps">Whether the edge of an index is in the circuit.</param>
    internal CircuitRun(Transformer model, ComputationGraph graph, Func<int, bool> keeps)
    {
        (_model, _graph) = (model, graph);
        double[] removed =
        [
            .. from destination in Enumerable.Range(0, graph.DestinationCount)
            from source in Enumerable.Range(0, graph.SourceCount)
            select graph.EdgeIndex(source, destination) is int edge && !keeps(edge) ? 1.0 : 0.0,
        ];
        _removed = tensor(removed, [graph.DestinationCount, graph.SourceCount], model.Dtype, model.Device);
    }

    /// <summary>The logits at the answer positions, <c>[batch, d_vocab]</c>.</summary>
    /// <param name="batch">The prompts.</param>
    /// <param name="clean">Clean embeddings, <c>[batch, pos, d_model]</c>.</param>
    /// <param name="replacement">What replaces the sources' outputs, <c>[source, batch or 1, pos or 1, d_model]</c>.</param>
    internal Tensor Logits(PairBatch batch, Tensor clean, Tensor replacement)
    {
        using IDisposable frozen = no_grad();
        // replacement - current, as far as the run is
        Tensor differences = zeros(
            [_graph.SourceCount, clean.size(0), clean.size(1), clean.size(2)],
            clean.dtype,
            clean.device
        );
        int done = 0;
        Tensor Wrote(Tensor outputs)
        {
            (int first, done) = (done, done + (int)outputs.size(0));
            differences
                .narrow(0, first, outputs.size(0))
                .copy_(replacement.narrow(0, first, outputs.size(0)) - outputs);
            return outputs;
        }

        Tensor Read(int first, int count, Tensor residual)
        {
            int sources = EdgeSums.SourcesOf(_graph, first);
            Tensor removed = _removed.narrow(0, first, count).narrow(1, 0, sources); // [destination, source]
            Tensor change = removed.MatMul(differences.narrow(0, 0, sources).flatten(1)); // [destination, batch * pos * d_model]
            return change.view(count, residual.size(0), residual.size(1), residual.size(2)).Plus(residual);
        }

        return new NodewiseForward(_model, Read, Wrote).Logits(clean, batch);
    }
}

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
        {
            throw new ArgumentException(
                $"The circuit is of a model of '{graph.NLayers}' layers, '{graph.NHeads}' heads and "
                    + $"{Blocks(graph.ParallelBlocks)} blocks, but this one has '{config.NLayers}', '{config.NHeads}' and "
                    + $"{Blocks(config.ParallelBlocks)} blocks."
            );
        }

        if (graph.IsCollapsed)
        {
            throw new ArgumentException(
                $"The circuit belongs to a graph of {graph}, but a model is run with the inputs of its heads told apart: "
                    + "evaluate the circuit that was collapsed."
            );
        }
    }

    private static string Blocks(bool areParallel) => areParallel ? "parallel" : "sequential";
}
