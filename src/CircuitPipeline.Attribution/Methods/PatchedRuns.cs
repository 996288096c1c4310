using CircuitPipeline.Attribution.Pairs;
using CircuitPipeline.Attribution.Running;
using CircuitPipeline.Circuits.Config;
using CircuitPipeline.Circuits.Graph;
using CircuitPipeline.Models;
using CircuitPipeline.Models.Activations;
using CircuitPipeline.Models.Layers;
using CircuitPipeline.Tensors.Calls;
using TorchSharp;
using static TorchSharp.torch;

namespace CircuitPipeline.Attribution.Methods;

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
    private readonly ForwardPass _pass = model.NewPass(batch.Positions, ActivationHooks.None, batch.Prefix);

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
            using DisposeScope ofLayer = NewDisposeScope();
            (int before, Tensor start, int first) = (layer, residual, destination);
            CleanBlock clean = CleanBlock.Of(model.Body.Blocks[layer], residual, _pass);
            Tensor[] patched = Scoped.Of(() => clean.Project(Patched(start, first))); // 3 x [source * batch, pos, head, d_head]
            for (int input = 0; input < 3; input++)
            {
                using DisposeScope ofInput = NewDisposeScope();
                foreach (Func<Tensor> run in HeadRuns(layer, clean, patched, input))
                {
                    yield return (destination++, run);
                }
            }

            int mlp = destination++;
            yield return (mlp, () => AfterMlp(before, clean, mlp));
            residual = clean.After.MoveToOuterDisposeScope();
        }

        yield return (destination, () => Rest(_config.NLayers, () => AtAnswer(Patched(residual, destination))));
    }

    // One run for each head, in which one of its inputs is patched.
    private IEnumerable<Func<Tensor>> HeadRuns(int layer, CleanBlock clean, Tensor[] patched, int input)
    {
        int[] heads = [.. Enumerable.Range(0, _config.NHeads)];
        if (_config.Family.QueryKeyNorm == QueryKeyNorm.Whole && input < 2)
        {
            // One head's query or key changes the scale of all.
            return heads.Select<int, Func<Tensor>>(head =>
                () =>
                    AfterHeads(
                        layer,
                        clean,
                        () =>
                            clean.Mixed(
                                [.. patched.Select((own, i) => i == input ? clean.OnlyHead(own, i, head) : own)],
                                input,
                                _pass
                            )
                    )
            );
        }

        Tensor z = Scoped.Of(() => clean.Mixed(patched, input, _pass)); // [source * batch, pos, head, d_head]
        if (_config.Family.NormsWhatIsWritten)
        {
            return heads.Select<int, Func<Tensor>>(head =>
                () => AfterHeads(layer, clean, () => clean.OnlyHead(z, head))
            );
        }

        Tensor change = Scoped.After(z, own => own - clean.HeadZ.repeat(own.size(0) / clean.HeadZ.size(0), 1, 1, 1));
        return heads.Select<int, Func<Tensor>>(head => () => AfterHead(layer, clean, change.select(2, head), head));
    }

    private Tensor AfterMlp(int layer, CleanBlock clean, int destination) =>
        Rest(
            layer + 1,
            () =>
            {
                Tensor seen = Needed(layer, Patched(clean.MlpResidual, destination));
                Tensor output = clean.Block.MlpWrites(seen, _pass);
                return output.Plus(Tiled(Needed(layer, clean.Middle), seen));
            }
        );

    private Tensor AfterHead(int layer, CleanBlock clean, Tensor mixChange, int head) =>
        Rest(layer + 1, () => WithHead(layer, clean, mixChange, head));

    // Heads write independently of each other: what one adds changes by a linear map of its z.
    private Tensor WithHead(int layer, CleanBlock clean, Tensor mixChange, int head)
    {
        Block block = clean.Block;
        Tensor change = Needed(layer, mixChange).MatMul(block.HeadWeights[head]); // [source * batch, pos, d_model]
        if (_config.ParallelBlocks)
        {
            return change.Plus(Tiled(Needed(layer, clean.After), change));
        }
        // In a sequential block the MLP sees the head.
        Tensor middle = change.Plus(Tiled(Needed(layer, clean.Middle), change));
        return middle.Plus(block.MlpWrites(middle, _pass));
    }

    // What the heads write passes a norm of all of them; gives z, [source * batch, pos, head, d_head].
    private Tensor AfterHeads(int layer, CleanBlock clean, Func<Tensor> mixed) =>
        Rest(layer + 1, () => WithHeads(layer, clean, Scoped.Of(mixed)));

    private Tensor WithHeads(int layer, CleanBlock clean, Tensor z)
    {
        Tensor needed = Needed(layer, z.flatten(2)).unflatten(2, [z.size(2), z.size(3)]);
        Tensor written = clean.Block.HeadsWrite(needed, _pass);
        Tensor middle = written.Plus(Tiled(Needed(layer, clean.Residual), written));
        return middle.Plus(clean.Block.MlpWrites(middle, _pass));
    }

    // The residual holds all positions before the last block, and the answer position alone behind it. What a block leaves but
    // its result is freed: with all sources at once that is much.
    private Tensor Rest(int layer, Func<Tensor> start)
    {
        Tensor residual = Scoped.Of(start);
        for (; layer < _config.NLayers; layer++)
        {
            Block block = model.Body.Blocks[layer];
            Func<Tensor, Tensor> run =
                layer == _config.NLayers - 1 ? before => Last(block, before) : before => block.Forward(before, _pass);
            residual = Scoped.After(residual, run);
        }

        return model.Unembed(residual.select(1, 0), ActivationHooks.None);
    }

    // Behind the last block's attention no position reads another, so the answer position is all that is needed.
    private Tensor Last(Block block, Tensor residual)
    {
        Tensor[] heads = block.Attention.Project(block.AttentionReads(residual));
        Tensor z = block.Attention.Mix(heads[0], heads[1], heads[2], _pass); // [source * batch, pos, head, d_head]
        Tensor read = AtAnswer(residual);
        Tensor middle = read.Plus(block.HeadsWrite(AtAnswer(z.flatten(2)), _pass));
        return middle.Plus(block.MlpWrites(block.IsParallel ? read : middle, _pass));
    }

    private Tensor Needed(int layer, Tensor activations) =>
        layer == _config.NLayers - 1 ? AtAnswer(activations) : activations;

    private Tensor AtAnswer(Tensor activations) => batch.AtAnswer(activations).unsqueeze(1); // [source * batch, 1, d]

    private Tensor Patched(Tensor residual, int destination) =>
        differences.narrow(0, 0, EdgeSums.SourcesOf(_graph, destination)).Plus(residual).flatten(0, 1);

    /// <summary>A clean activation once for each source, to fit rows <c>[source * batch, …]</c>.</summary>
    private static Tensor Tiled(Tensor clean, Tensor rows) => clean.repeat(rows.size(0) / clean.size(0), 1, 1); // [source * batch, pos, d_model]
}

/// <summary>A block's clean run, with what a patched head needs of it.</summary>
/// <param name="Block">The block.</param>
/// <param name="Residual">What it reads, <c>[batch, pos, d_model]</c>.</param>
/// <param name="Heads">Queries, keys and values, 3 x <c>[batch, pos, head, d_head]</c>.</param>
/// <param name="HeadZ">Mixed values, <c>[batch, pos, head, d_head]</c>.</param>
/// <param name="Middle">The residual with the heads' results, <c>[batch, pos, d_model]</c>.</param>
/// <param name="MlpResidual">What the MLP reads before its norm, <c>[batch, pos, d_model]</c>.</param>
/// <param name="After">The residual after the block, <c>[batch, pos, d_model]</c>.</param>
internal sealed record CleanBlock(
    Block Block,
    Tensor Residual,
    Tensor[] Heads,
    Tensor HeadZ,
    Tensor Middle,
    Tensor MlpResidual,
    Tensor After
)
{
    internal static CleanBlock Of(Block block, Tensor residual, ForwardPass pass)
    {
        Tensor[] heads = block.Attention.Project(block.AttentionReads(residual));
        Tensor z = block.Attention.Mix(heads[0], heads[1], heads[2], pass);
        Tensor middle = residual.Plus(block.HeadsWrite(z, pass));
        Tensor seen = block.IsParallel ? residual : middle;
        Tensor after = middle.Plus(block.MlpWrites(seen, pass));
        return new CleanBlock(block, residual, heads, z, middle, seen, after);
    }

    /// <summary>Queries, keys and values for patched residuals, 3 x <c>[source * batch, pos, head, d_head]</c>.</summary>
    internal Tensor[] Project(Tensor patched) => Block.Attention.Project(Block.AttentionReads(patched));

    /// <summary>Each head's z when one of its three inputs is patched and the others are clean, <c>[source * batch, pos, head, d_head]</c>.</summary>
    internal Tensor Mixed(Tensor[] patched, int input, ForwardPass pass)
    {
        long sources = patched[0].size(0) / HeadZ.size(0);
        Tensor[] heads = [.. Heads.Select((clean, i) => i == input ? patched[i] : clean.repeat(sources, 1, 1, 1))];
        return Block.Attention.Mix(heads[0], heads[1], heads[2], pass);
    }

    /// <summary>One head of these z, and the clean ones of all others.</summary>
    internal Tensor OnlyHead(Tensor z, int head) => With(HeadZ, z, head);

    /// <summary>One head of these queries (0), keys (1) or values (2), and the clean ones of all others.</summary>
    internal Tensor OnlyHead(Tensor patched, int input, int head) => With(Heads[input], patched, head);

    private static Tensor With(Tensor clean, Tensor patched, int head)
    {
        Tensor all = clean.repeat(patched.size(0) / clean.size(0), 1, 1, 1);
        all.select(2, head).copy_(patched.select(2, head));
        return all;
    }
}
