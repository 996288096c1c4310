using System.Globalization;
using CircuitPipeline.Circuits.Config;
using CircuitPipeline.Models;
using CircuitPipeline.Prompts.PromptPairs;
using CircuitPipeline.Training;
using static TorchSharp.torch;

namespace CircuitPipeline.Bench;

/// <summary>Steps of LoRA at a Pythia's shape, against the floor of the frozen base's products.</summary>
internal static class LoraStep
{
    internal const int Batch = 8;
    internal const int Pos = 32;
    internal const int Labels = 4;
    private const int Steps = 20;
    private const int Rank = 8;

    internal static void Run(TextWriter output, string size)
    {
        TransformerConfig config = PythiaShapes.Of(size);
        using Generator random = new(1);
        using Transformer model = TransformerFactory.Create(config, random);
        using LoraAdapter adapter = LoraAdapter.Attach(model, _ => Rank, 2, random);
        using TrainingRows rows = Rows(config, Batch, CPU);
        StepMeasure.Run(
            output,
            $"LoRA step, Pythia-{size}",
            string.Create(
                CultureInfo.InvariantCulture,
                $" ({Batch} rows of {Pos} tokens, {Labels} labels in each, rank {Rank})"
            ),
            Steps,
            Batch,
            (model, adapter.Parameters, rows),
            FlopsPerToken(config)
        );
    }

    /// <summary>Rows of which none begins as another, with labels at their last places.</summary>
    internal static TrainingRows Rows(TransformerConfig config, int rows, Device device) =>
        TrainingRows.OfPaddedPrompts(Prompts(config.DVocab, rows), Pos, 0, device);

    /// <summary>Forward, and the gradients of activations, of the frozen maps; the unembedding at labels alone.</summary>
    internal static double FlopsPerToken(TransformerConfig config)
    {
        double unembedding = (double)config.DModel * config.DVocab;
        return 2 * 2 * (TrainingStep.ProductsPerToken(config, Pos) - unembedding + unembedding * Labels / Pos);
    }

    private static EncodedPairs Prompts(int words, int rows)
    {
        Random random = new(1);
        return EncodedPairs.Of([
            .. Enumerable
                .Range(0, rows)
                .Select(_ =>
                {
                    int[] tokens = [.. Enumerable.Range(0, Pos - Labels + 1).Select(_ => random.Next(words))];
                    return new EncodedPair([.. tokens], [.. tokens], 1, 2);
                }),
        ]);
    }
}
