using CircuitPipeline.Circuits;
using CircuitPipeline.Models;
using static TorchSharp.torch;

namespace CircuitPipeline.Attribution;

/// <summary>
/// All runs of one batch in which a single edge is patched. What precedes the edge's destination is the clean run's;
/// only the destination node is computed anew, for all sources at once, and then the blocks behind it.
/// </summary>
/// <param name="model">The model.</param>
/// <param name="batch">The prompts.</param>
/// <param name="differences">Replacement - clean outputs, <c>[source, batch, pos, d_model]</c>.</param>
internal sealed class PatchedRuns(Transformer model, PairBatch batch, Tensor differences)
{
    private readonly TransformerConfig _config = model.Config;
    private readonly ComputationGraph _graph = new(model.Config);
    private readonly ForwardPass _pass = model.NewPass(batch.Positions, ActivationHooks.None);

    /// <summary>
    /// Yields each destination's index and a run that gives the logits with each of its incoming edges patched,
    /// <c>[source * batch, d_vocab]</c>; to be called before the next one is taken, in a scope of its own.
    /// </summary>
    internal IEnumerable<(int Destination, Func<Tensor> Logits)> All()
    {
        Tensor residual = model.Body.Start(model.Body.Embed(batch.Clean), _pass);
        int destination = 0;
        for (int layer = 0; layer < _config.NLayers; layer++)
        {
            int before = layer;
            CleanBlock clean = CleanBlock.Of(model.Body.Blocks[layer], residual, _pass);
            Tensor[] patched = clean.Project(Patched(residual, destination)); // 3 x [source * batch, pos, head, d_head]
            for (int input = 0; input < 3; input++)
            {
                Tensor change = clean.MixChange(patched, input, _pass); // [source * batch, pos, head, d_head]
                for (int head = 0; head < _config.NHeads; head++)
                {
                    Tensor own = change.select(2, head); // [source * batch, pos, d_head]
                    int at = head;
                    yield return (destination++, () => AfterHead(before, clean, own, at));
                }
            }

            int mlp = destination++;
            yield return (mlp, () => AfterMlp(before, clean, mlp));
            residual = clean.After;
        }

        yield return (destination, () => Rest(_config.NLayers, Patched(residual, destination)));
    }

    private Tensor AfterMlp(int layer, CleanBlock clean, int destination)
    {
        Tensor seen = Patched(clean.MlpResidual, destination);
        Tensor output = clean.Block.Mlp.Forward(clean.Block.MlpNorm.forward(seen), _pass);
        return Rest(layer + 1, output + Tiled(clean.Middle, seen));
    }

    private Tensor AfterHead(int layer, CleanBlock clean, Tensor mixChange, int head)
    {
        Block block = clean.Block;
        Tensor change = mixChange.matmul(block.Attention.OutputWeights[head]); // [source * batch, pos, d_model]
        if (_config.ParallelBlocks)
            return Rest(layer + 1, change + Tiled(clean.After, change));
        // In a sequential block the MLP sees the head.
        Tensor middle = change + Tiled(clean.Middle, change);
        return Rest(layer + 1, middle + block.Mlp.Forward(block.MlpNorm.forward(middle), _pass));
    }

    private Tensor Rest(int layer, Tensor residual)
    {
        for (; layer < _config.NLayers; layer++)
            residual = model.Body.Blocks[layer].Forward(residual, _pass);
        return model.Unembed(batch.AtAnswer(residual), ActivationHooks.None);
    }

    private Tensor Patched(Tensor residual, int destination) =>
        (differences.narrow(0, 0, EdgeSums.SourcesOf(_graph, destination)) + residual).flatten(0, 1);

    /// <summary>A clean activation once for each source, to fit rows <c>[source * batch, …]</c>.</summary>
    private static Tensor Tiled(Tensor clean, Tensor rows) => clean.repeat(rows.size(0) / clean.size(0), 1, 1); // [source * batch, pos, d_model]
}
